package io.limpet.proxy;

import io.limpet.proxy.config.Limits;

/**
 * Whether a client takes a response too slowly: each part may wait for it as long as its bytes need at the least rate, and
 * a grace on top. Judged by the part, since what the buffers of both machines swallow in the beginning tells nothing of
 * the client.
 *
 * <p>Safe for any two threads: who writes, and the patrol.
 */
final class TakingPace {

    private final int rate;
    private final long grace;
    private boolean writing;
    private long waitedMillis;
    private long allowedMillis;

    TakingPace(Limits limits) {
        rate = limits.bodies().takeRate();
        grace = limits.headTime().toMillis();
    }

    /** So many bytes are about to be written. */
    synchronized void writes(int bytes) {
        writing = rate > 0;
        waitedMillis = 0;
        allowedMillis = writing ? grace + bytes * 1_000L / rate : 0;
    }

    /** The client, or the buffer before it, has taken them; or it never will. */
    synchronized void done() {
        writing = false;
    }

    /**
     * Time has passed.
     *
     * @return whether the client has taken too long
     */
    synchronized boolean passed(long millis) {
        waitedMillis += millis;
        return writing && waitedMillis > allowedMillis;
    }
}
