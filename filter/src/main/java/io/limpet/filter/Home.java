package io.limpet.filter;

import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The application in which a request arrived. When it forwards to another one, Undertow has the same request answer with
 * the other one's session from then on, perhaps under the same id.
 */
final class Home {

    private Home() {}

    /** Whether the request, which arrived in this application, is in another one just now. */
    static boolean isLeft(ServletContext home, HttpServletRequest request) {
        ServletContext now = request.getServletContext();
        return now != home && !now.getContextPath().equals(home.getContextPath());
    }
}
