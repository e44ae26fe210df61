package io.limpet.proxy.node;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts session ids whose sealed route was made up, changed, or taken from another session. Such a request is treated as
 * one without a route. Safe for any number of threads.
 */
public final class ForgedRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(ForgedRoutes.class);

    /** Whoever forges routes shall not fill the log with them. */
    private static final long LOG_EVERY_MILLIS = 60_000;

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong nextLog = new AtomicLong();
    private final LongSupplier clock;

    /** A count that starts now. */
    public ForgedRoutes() {
        this(System::currentTimeMillis);
    }

    ForgedRoutes(LongSupplier clock) {
        this.clock = clock;
    }

    /** How many there were since the start. */
    public long count() {
        return count.get();
    }

    void found() {
        long total = count.incrementAndGet();
        long now = clock.getAsLong();
        long due = nextLog.get();
        if (now >= due && nextLog.compareAndSet(due, now + LOG_EVERY_MILLIS)) {
            LOG.warn(
                    "a session cookie with a forged route, {} since the start: somebody tries out nodes, or a node and the"
                            + " proxy have different secrets",
                    total);
        }
    }
}
