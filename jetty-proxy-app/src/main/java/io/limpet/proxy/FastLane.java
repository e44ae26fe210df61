package io.limpet.proxy;

import io.limpet.proxy.machine.Departures;
import io.limpet.proxy.relay.RelayedRequest;
import java.util.Optional;
import java.util.function.Consumer;

/** A request that has come past the servlet API. Its connection listens all the while. */
record FastLane(RelayedRequest request) implements RequestLane, DepartureWatch {

    @Override
    public void giveBack() {
        request.giveBack();
    }

    @Override
    public void cut() {
        request.cut();
    }

    /** It is found by its connection. */
    @Override
    public void begins(Patrol patrol, Patrol.Post post) {
        request.onPassing(post::passed);
    }

    @Override
    public void leaves(Patrol patrol, Patrol.Post post) {
        request.onPassing(null);
    }

    @Override
    public Optional<DepartureWatch> watch(Departures departures, Consumer<Throwable> left) {
        request.onLeaving(left);
        return Optional.of(this);
    }

    @Override
    public void listen() {
        request.watch();
    }

    @Override
    public void look() {
        request.watch();
    }

    @Override
    public void stopLooking() {
        // it goes on listening
    }

    @Override
    public void end() {
        // its connection knows whose turn it is
    }
}
