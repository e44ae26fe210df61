package io.limpet.filter;

import io.limpet.cdi.SessionBeans;
import io.limpet.failover.Arrival;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/**
 * A request with the id that an adopted session had on another node: sent before the client knew the new one, while the
 * session lives here already. The filter gives it the session, but the container does not: to it the request has none, and
 * its CDI would make another one for it, with empty beans, in place of the client's. So where CDI keeps beans in the session
 * such a request is sent back to where it came from, with the new cookie, before anything was done: 307, which repeats
 * method and body (RFC 9110 §15.4.8).
 *
 * <p>Immutable.
 */
final class Follower {

    private final boolean cdi;
    private final BooleanSupplier beans;
    private final BooleanSupplier boundAtArrival;

    /**
     * @param beans whether the container keeps anything in the session past the filter
     * @param boundAtArrival whether not even the request that adopts a session gets to see that
     */
    Follower(BooleanSupplier beans, BooleanSupplier boundAtArrival) {
        this(true, beans, boundAtArrival);
    }

    private Follower(boolean cdi, BooleanSupplier beans, BooleanSupplier boundAtArrival) {
        this.cdi = cdi;
        this.beans = beans;
        this.boundAtArrival = boundAtArrival;
    }

    /** Nothing of CDI is loaded where it is not there. */
    static Follower ofContainer() {
        try {
            Class.forName("jakarta.enterprise.inject.spi.CDI", false, Follower.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            return new Follower(false, () -> false, () -> false);
        }
        return new Follower(SessionBeans::inUse, SessionBeans::areBoundAtArrival);
    }

    /** Whether the application may have things injected. */
    boolean isCdiThere() {
        return cdi;
    }

    /** Whether this request must come again with the new cookie. */
    boolean mustComeAgain(HttpServletRequest request, Arrival arrival) {
        return arrival.adopted().isPresent()
                && request.getDispatcherType() == DispatcherType.REQUEST // an error page comes when all is done
                && !request.isRequestedSessionIdFromURL() // or the same address would lead nowhere else
                && beans.getAsBoolean()
                && (!arrival.made() || boundAtArrival.getAsBoolean());
    }

    /** @param told whether the new cookie is in the response; without it the request would come as it came now */
    static void sendBack(boolean told, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!told) {
            Unavailable.answer(response, () -> {});
            return;
        }
        response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
        response.setHeader("Location", sameAddress(request));
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(0);
        response.flushBuffer();
    }

    /** Relative to itself, which holds behind any proxy and leads to no other host (RFC 3986 §5.2). */
    private static String sameAddress(HttpServletRequest request) {
        String path = request.getRequestURI();
        String query = request.getQueryString();
        return "./" + path.substring(path.lastIndexOf('/') + 1) + (query == null ? "" : '?' + query);
    }
}
