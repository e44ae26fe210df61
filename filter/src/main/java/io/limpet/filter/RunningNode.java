package io.limpet.filter;

import io.limpet.Affinity;
import io.limpet.Limpet;
import io.limpet.SessionAdoption;
import io.limpet.failover.Arrival;
import io.limpet.failover.Failover;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** All that a started filter needs for its requests. Immutable. */
record RunningNode(
        Route name,
        Tagging tagging,
        Failover failover,
        NodeStatus status,
        AdoptionListeners listeners,
        Follower follower,
        NodeBean bean) {

    /** Ends what would outlive the application. */
    void stop() {
        bean.unregister();
        failover.close();
    }

    /** Tells the application why this node serves, and of a session that lives here from now on. */
    void tell(HttpServletRequest request, Arrival arrival) {
        if (Limpet.current(request).isEmpty()) { // an error page belongs to the request that was told
            ProxyChoice choice = ProxyChoice.of(request.getHeader(ProxyChoice.HEADER));
            boolean adopted = arrival.found() == Arrival.Found.ADOPTED;
            request.setAttribute(
                    Limpet.ATTRIBUTE, new Affinity(name, choice.choice(), choice.takenOverFrom(), adopted));
        }
        arrival.from().ifPresent(from -> {
            HttpSession session = arrival.adopted().orElseThrow().session();
            listeners.tell(new SessionAdoption(session, request.getRequestedSessionId(), from));
        });
    }
}
