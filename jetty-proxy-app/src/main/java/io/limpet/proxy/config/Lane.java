package io.limpet.proxy.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which way clients' requests take through the proxy; the rules are the same. */
public enum Lane {
    /** Plain exchanges of HTTP/1.1 go past the servlet API, the others through it. */
    FAST,
    /** All go through it. */
    SERVLET;

    /** The one of this name. */
    public static Optional<Lane> of(String name) {
        return Arrays.stream(values())
                .filter(lane -> lane.toString().equals(name))
                .findFirst();
    }

    /** Its name in the settings. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
