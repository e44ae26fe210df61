package io.limpet.filter;

import io.limpet.Affinity;
import io.limpet.failover.Arrival;
import io.limpet.failover.Failover;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

/**
 * The answer to a request that is to be sent to another node before the application has seen it: 421 (RFC 9110 §15.5.20)
 * without content, for the proxy alone. A request that came past the proxy and says the same of itself is told so, and
 * nothing changes.
 */
final class Misdirected {

    /** By this the proxy tells the owner of a session which node should have it: one with fewer sessions. */
    static final String WANTED_AT = "Limpet-Wanted-At";

    /** What became of the session, for the proxy. */
    static final String SESSION = "Limpet-Session";

    private static final int STATUS = 421;

    private Misdirected() {}

    /** Answers a request that this node does not serve for the sake of even nodes, or for their sake should not have got. */
    static boolean answers(
            HttpServletRequest request, HttpServletResponse response, Arrival arrival, Failover failover) {
        if (!failover.replicates()) {
            return false;
        }
        if (request.getHeader(WANTED_AT) != null) {
            return arrival.found() == Arrival.Found.OWN && letsGo(request, failover) && answer(response, "leaves");
        }
        return isNowhere(arrival) && isMoving(request) && answer(response, "stays");
    }

    /**
     * Answers a request whose session is not here, when the proxy empties this node: it is to begin elsewhere.
     */
    static boolean answersForALost(
            HttpServletRequest request, HttpServletResponse response, Arrival arrival, SessionNews news) {
        return isNobodys(request, arrival, news)
                && news.isLeaving(request)
                && request.getRequestedSessionId() != null
                && !request.isRequestedSessionIdValid() // which, unlike asking for the session, is no access of it
                && answer(response, "lost");
    }

    /** Not found by anybody, nor kept from us by a store that is silent. */
    private static boolean isNobodys(HttpServletRequest request, Arrival arrival, SessionNews news) {
        return switch (arrival.found()) {
            case NONE, ENDED -> true;
            case NOT_ASKED -> !news.isOfOneThatLives(request); // nor is there any other that could have it
            case OWN, ADOPTED, UNKNOWN -> false;
        };
    }

    private static boolean letsGo(HttpServletRequest request, Failover failover) {
        HttpSession own = request.getSession(false);
        return own != null && failover.rebalance().letsGo(own);
    }

    /** Its owner has it, whatever this node finds: it may be of another cluster. */
    private static boolean isNowhere(Arrival arrival) {
        return arrival.found() == Arrival.Found.NONE || arrival.found() == Arrival.Found.UNKNOWN;
    }

    /** What carries a body cannot be sent again. */
    private static boolean isMoving(HttpServletRequest request) {
        boolean repeatable =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return repeatable
                && request.getContentLengthLong() <= 0
                && request.getHeader("Transfer-Encoding") == null
                && ProxyChoice.in(request).choice() == Affinity.Choice.REBALANCE;
    }

    private static boolean answer(HttpServletResponse response, String session) {
        response.setStatus(STATUS);
        response.setHeader(SESSION, session);
        response.setContentLength(0);
        return true;
    }
}
