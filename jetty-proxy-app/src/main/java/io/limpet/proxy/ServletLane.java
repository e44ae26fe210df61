package io.limpet.proxy;

import io.limpet.proxy.machine.Departures;
import io.limpet.proxy.relay.OtherLane;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;

/** A request that has come through the servlet API. */
record ServletLane(Request request, HttpServletResponse response, AsyncContext async) implements RequestLane {

    @Override
    public void giveBack() {
        OtherLane.leave(request);
        async.complete();
    }

    /** Jetty's servlets cut the connection for this status. */
    @Override
    public void cut() throws IOException {
        response.sendError(-1);
    }

    @Override
    public void begins(Patrol patrol, Patrol.Post post) {
        patrol.add(post);
    }

    @Override
    public void leaves(Patrol patrol, Patrol.Post post) {
        patrol.remove(post);
    }

    @Override
    public Optional<DepartureWatch> watch(Departures departures, Consumer<Throwable> left) {
        return Presence.of(request.getConnectionMetaData(), departures, left);
    }
}
