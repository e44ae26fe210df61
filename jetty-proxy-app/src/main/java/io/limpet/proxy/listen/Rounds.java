package io.limpet.proxy.listen;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, with a pause before each time, until it is stopped. A round that fails is not the last:
 * protections end by nothing.
 *
 * <p>Any thread may start and stop it, as often as it likes; the rounds are the scheduler's thread's, one at a time.
 */
public final class Rounds {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final Scheduler scheduler;
    private final long pauseMillis;
    private final Runnable round;
    private final AtomicBoolean pending = new AtomicBoolean();
    private volatile boolean going;

    /** Does nothing before it is started. */
    public Rounds(Scheduler scheduler, long pauseMillis, Runnable round) {
        this.scheduler = scheduler;
        this.pauseMillis = pauseMillis;
        this.round = round;
    }

    /** The first round comes after a pause, or when one is due that was stopped. */
    public void start() {
        going = true;
        next();
    }

    /** Ends with the round that is under way. */
    public void stop() {
        going = false;
    }

    private void next() {
        // however often it is started: one round at a time
        if (going && pending.compareAndSet(false, true)) {
            var unused = scheduler.schedule(this::go, pauseMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void go() {
        try {
            if (going) {
                round.run();
            }
        } catch (RuntimeException e) {
            LOG.warn("a round failed, the next comes all the same", e);
        } finally {
            pending.set(false);
            next();
        }
    }
}
