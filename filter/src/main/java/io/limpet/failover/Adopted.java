package io.limpet.failover;

import java.util.Optional;

/**
 * What became of a request's question for a session that is not here, and what is known of the session: its container
 * may have given it another id, or have ended it, before whoever asked looks for it by the one that it was told.
 */
record Adopted(Arrival arrival, Optional<Shadow> shadow) {

    static Adopted nothing(Arrival why) {
        return new Adopted(why, Optional.empty());
    }

    static Adopted of(Arrival arrival, Shadow shadow) {
        return new Adopted(arrival, Optional.of(shadow));
    }

    /** What those are told who waited for the one that found this. */
    Adopted followed() {
        return new Adopted(arrival.adopted().map(Arrival::follows).orElse(arrival), shadow);
    }
}
