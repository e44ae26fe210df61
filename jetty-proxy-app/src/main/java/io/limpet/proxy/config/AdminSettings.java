package io.limpet.proxy.config;

import java.util.List;
import java.util.Optional;

/**
 * Where dashboard, API and metrics are.
 *
 * @param address where they listen; empty: nowhere
 * @param chosen whether somebody has written the address down; else the proxy starts without when it is taken
 * @param token who knows it may change things; empty: nobody may
 * @param peers the same of other proxies, which get this one's orders and have theirs asked for
 */
public record AdminSettings(
        Optional<ListenAddress> address, boolean chosen, Optional<String> token, List<ListenAddress> peers) {

    /** None of it. */
    public static final AdminSettings OFF = new AdminSettings(Optional.empty(), false, Optional.empty());

    /** A proxy that knows of no other. */
    public AdminSettings(Optional<ListenAddress> address, boolean chosen, Optional<String> token) {
        this(address, chosen, token, List.of());
    }

    /** Keeps its own copy of the list. */
    public AdminSettings {
        peers = List.copyOf(peers);
    }

    @Override
    public String toString() {
        return "AdminSettings[" + address + (token.isPresent() ? ", token …]" : "]");
    }
}
