package io.limpet.failover;

/** How a session is called in a log: a session id never appears whole, or the log would hold everybody's login. */
final class ShortId {

    private static final int SHOWN = 6;

    private ShortId() {}

    static String of(String sessionId) {
        return sessionId.length() <= 2 * SHOWN ? "…" : sessionId.substring(0, SHOWN) + "…";
    }
}
