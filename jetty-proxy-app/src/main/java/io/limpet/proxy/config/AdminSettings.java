package io.limpet.proxy.config;

import java.util.Optional;

/**
 * Where dashboard, API and metrics are.
 *
 * @param address where they listen; empty: nowhere
 * @param chosen whether somebody has written the address down; else the proxy starts without when it is taken
 * @param token who knows it may change things; empty: nobody may
 */
public record AdminSettings(Optional<ListenAddress> address, boolean chosen, Optional<String> token) {

    /** None of it. */
    public static final AdminSettings OFF = new AdminSettings(Optional.empty(), false, Optional.empty());

    @Override
    public String toString() {
        return "AdminSettings[" + address + (token.isPresent() ? ", token …]" : "]");
    }
}
