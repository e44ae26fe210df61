package io.limpet.filter;

import io.limpet.Limpet;
import io.limpet.SessionAdoption;
import io.limpet.failover.Arrival;
import io.limpet.failover.Failover;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;

/** All that a started filter needs for its requests. Immutable. */
record RunningNode(
        Route name,
        Tagging tagging,
        Failover failover,
        NodeStatus status,
        DrainPage drainPage,
        StopSignal stopSignal,
        AdoptionListeners listeners,
        Follower follower,
        NodeBean bean) {

    /** Ends what would outlive the application. */
    void stop() {
        stopSignal.forget();
        bean.unregister(); // first, or the node's other applications would drain with this one
        status.draining().begin("the application ends");
        status.draining().stop();
        failover.close();
    }

    /** Answers the request when it is for the proxy or the operator, and not for the application. */
    boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String lastPart = PrivatePage.lastPart(request);
        return status.answers(request, lastPart, response) || drainPage.answers(request, lastPart, response);
    }

    /**
     * Tells the application why this node serves, and of a session that lives here from now on. What the wrapped request
     * can work out when it is asked is not left in each request.
     */
    void tell(HttpServletRequest request, Arrival arrival) {
        boolean adopted = arrival.found() == Arrival.Found.ADOPTED;
        if ((adopted || follower.isCdiThere()) // which injects the container's own request
                && Limpet.current(request).isEmpty()) { // an error page belongs to the request that was told
            request.setAttribute(Limpet.ATTRIBUTE, ProxyChoice.in(request).affinity(name, adopted));
        }
        arrival.from().ifPresent(from -> {
            status.sessionAdopted();
            HttpSession session = arrival.adopted().orElseThrow().session();
            listeners.tell(new SessionAdoption(session, request.getRequestedSessionId(), from));
        });
    }
}
