package io.limpet.failover.sim;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread of one node. It has the turn, or waits for it; everything but the turn is touched by whoever has it.
 */
final class Task {

    /** Ends a task whose node was killed, wherever it is. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super(null, null, false, false);
        }
    }

    final String node;
    final String name;
    private final Runnable body;
    private final Thread home = Thread.currentThread();
    private volatile boolean turn;
    private @Nullable Throwable failure;
    private boolean killed;
    private boolean done;

    /** The lock that it waits for, if it does. */
    @Nullable
    SimLock waitsFor;

    /** Whether it waits no longer than a while. */
    boolean impatient;

    /** Whether the store has failed it, so that it may have gone on with what it had. */
    boolean storeFailed;

    /** Whether it, or one whose answer it waits for, gave up waiting for another request. */
    boolean waitedInVain;

    Task(String node, String name, Runnable body) {
        this.node = node;
        this.name = name;
        this.body = body;
    }

    /** What its thread does. */
    void live() {
        awaitTurn();
        try {
            if (!killed) {
                body.run();
            }
        } catch (Killed e) {
            killed = true;
        } catch (Throwable e) { // whatever it is, the one who has the turn next must know
            failure = e;
        }
        done = true;
        giveBack();
    }

    /** Gives the turn back and waits for the next one. */
    void pause() {
        giveBack();
        awaitTurn();
        if (killed) {
            throw new Killed();
        }
    }

    private void giveBack() {
        turn = false;
        LockSupport.unpark(home);
    }

    private void awaitTurn() {
        while (!turn) {
            LockSupport.park(this);
        }
    }

    /** Gives it the turn and waits until it comes back. */
    void go(Thread thread) {
        turn = true;
        LockSupport.unpark(thread);
        while (turn) {
            LockSupport.park(this);
        }
        if (failure != null) {
            throw failure instanceof Violation violation ? violation : new Violation(name + " failed", failure);
        }
    }

    void kill() {
        killed = true;
    }

    boolean isDone() {
        return done;
    }

    /** Whether it could go on. */
    boolean isRunnable() {
        return waitsFor == null || waitsFor.isFree();
    }
}
