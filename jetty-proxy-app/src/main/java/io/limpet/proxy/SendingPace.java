package io.limpet.proxy;

import io.limpet.proxy.config.Limits;

/**
 * Whether a client sends a body too slowly: less than the least rate for as long as the proxy has waited for it, but for
 * a grace in the beginning. {@link SlowClients} judges connections of HTTP/1.1; of HTTP/2 only a stream's body is known.
 *
 * <p>Used by the patrol alone.
 */
final class SendingPace {

    private final int rate;
    private final long graceMillis;
    private long waitedMillis;

    SendingPace(Limits limits) {
        rate = limits.bodies().sendRate();
        graceMillis = limits.headTime().toMillis();
    }

    /**
     * The proxy has waited for more of the body.
     *
     * @param received how many bytes of it there were in all
     * @return whether the client is too slow
     */
    boolean waited(long millis, long received) {
        waitedMillis += millis;
        return waitedMillis > graceMillis && received < rate * waitedMillis / 1_000;
    }
}
