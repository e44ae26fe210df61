package io.limpet.filter;

import io.limpet.failover.Visit;
import jakarta.servlet.http.HttpSession;

/**
 * {@link LimpetSession} where the container has Servlet 6.1. A class of its own, as whoever looks at the methods of a
 * class that names {@code Accessor}, an expression language say, fails where there is no such type.
 */
final class LimpetSession61 extends LimpetSession {

    LimpetSession61(HttpSession own, Visit visit, Exchange exchange) {
        super(own, visit, exchange);
    }

    /** The container's own: what is done through it is seen by {@link SessionEvents}. */
    @Override
    public Accessor getAccessor() {
        return own().getAccessor();
    }
}
