package io.limpet.filter;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The application in which a request arrived. When it forwards to another one, Undertow has the same request answer with
 * the other one's session from then on, perhaps under the same id. Immutable.
 */
@FunctionalInterface
interface Home {

    /** Of a request whose session nobody watches. */
    Home ANYWHERE = () -> false;

    /** Whether the request is in another application just now. */
    boolean isLeft();

    static Home of(HttpServletRequest request) {
        ServletContext home = request.getServletContext();
        return () -> {
            ServletContext now = request.getServletContext();
            return now != home && !now.getContextPath().equals(home.getContextPath());
        };
    }
}
