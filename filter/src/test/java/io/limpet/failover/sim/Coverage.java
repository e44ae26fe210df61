package io.limpet.failover.sim;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import java.util.EnumMap;
import java.util.Map;

/** How often what happened: a simulation in which nothing does proves nothing. */
final class Coverage {

    final Map<Found, Long> arrivals = new EnumMap<>(Found.class);
    final Map<SaveOutcome, Long> outcomes = new EnumMap<>(SaveOutcome.class);
    final Map<String, Long> events = new java.util.TreeMap<>();
    long steps;
    long runs;
    long failed;
    long logins;
    long logouts;

    @Override
    public String toString() {
        return runs + " runs, " + steps + " steps; arrivals " + arrivals + ", saves " + outcomes + ", logins " + logins
                + ", logouts " + logouts + ", failed " + failed + ", events " + events;
    }
}
