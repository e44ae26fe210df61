package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.LeavingSessions;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.TakeoverLine;
import io.limpet.proxy.node.TakeoverRate;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Where requests wait that are to move their session to another node: all sessions of a lost node come at once, and the
 * others shall not be lost by that, too.
 *
 * @param rate how fast it moves on
 * @param line counts them
 * @param leaving those that were let past it
 */
record TakeoverQueue(TakeoverRate rate, TakeoverLine line, LeavingSessions leaving) {

    TakeoverQueue(TakeoverRate rate, TakeoverLine line) {
        this(rate, line, new LeavingSessions());
    }

    /** The same at this rate: whoever waits goes on waiting, and whoever was let past it is remembered. */
    TakeoverQueue at(TakeoverRate changed) {
        return new TakeoverQueue(changed, line, leaving);
    }

    /**
     * Whether a session whose node drains, but is there, moves with this request: it is its turn, or was that of another
     * of its requests a moment ago. Else it moves with a later one, and nobody waits.
     */
    boolean mayMoveNow(Choice.Takeover takeover) {
        long now = System.nanoTime();
        String session = takeover.session().value();
        if (leaving.has(session, now)) {
            return true;
        }
        if (!rate.isNow(takeover.member(), now)) {
            return false;
        }
        leaving.add(session, now);
        return true;
    }

    /**
     * Goes on at the request's turn, at once or on another thread; or refuses when that is too far away.
     *
     * @return to be run when its client goes before: it waits no more
     */
    Runnable admit(Nodes.Member to, Components components, Runnable goOn, Runnable refuse) {
        OptionalLong turn = rate.turn(to, System.nanoTime());
        if (turn.isEmpty()) {
            refuse.run();
            return () -> {};
        }
        if (turn.getAsLong() == 0) {
            goOn.run();
            return () -> {};
        }
        line.enter();
        AtomicBoolean waits = new AtomicBoolean(true);
        Scheduler.Task task = components
                .getScheduler()
                .schedule(
                        () -> leave(waits, () -> goOn(components.getExecutor(), goOn, refuse)),
                        turn.getAsLong(),
                        TimeUnit.NANOSECONDS);
        return () -> leave(waits, task::cancel);
    }

    private static void goOn(Executor executor, Runnable goOn, Runnable refuse) {
        try {
            executor.execute(goOn);
        } catch (RejectedExecutionException e) {
            refuse.run(); // who waits without a turn to come would wait for ever
        }
    }

    private void leave(AtomicBoolean waits, Runnable then) {
        if (waits.compareAndSet(true, false)) {
            line.leave();
            then.run();
        }
    }
}
