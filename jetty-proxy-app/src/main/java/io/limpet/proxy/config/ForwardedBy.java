package io.limpet.proxy.config;

/**
 * In which fields proxies in front tell of the client. Only these are believed: what else stands there the client may
 * have written, and a proxy that does not know the field has let it pass.
 */
public enum ForwardedBy {
    /** {@code X-Forwarded-For}, {@code -Proto}, {@code -Host} and {@code -Port}. */
    X_FORWARDED("x-forwarded"),
    /** {@code Forwarded} (RFC 7239). */
    FORWARDED("forwarded");

    private final String text;

    ForwardedBy(String text) {
        this.text = text;
    }

    /** As it is written in the settings. */
    @Override
    public String toString() {
        return text;
    }
}
