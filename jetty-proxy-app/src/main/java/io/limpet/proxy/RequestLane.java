package io.limpet.proxy;

import io.limpet.proxy.machine.Departures;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/** What of a request is its lane's. */
interface RequestLane {
    /** The request is the server's again: it has ended. */
    void giveBack();

    /** Cuts the connection. */
    void cut() throws IOException;

    /** The patrol passes by until the request leaves it. */
    void begins(Patrol patrol, Patrol.Post post);

    /** The patrol need not pass by any more. */
    void leaves(Patrol patrol, Patrol.Post post);

    /** How it is noticed that the client leaves; empty where the server tells by itself. */
    Optional<DepartureWatch> watch(Departures departures, Consumer<Throwable> left);
}
