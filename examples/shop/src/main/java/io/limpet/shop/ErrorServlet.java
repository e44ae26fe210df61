package io.limpet.shop;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The page behind every error, in the shop's own words: nothing of the container or of an exception is shown. */
public final class ErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Page PAGE = Page.named("error");

    // not doGet: an error keeps the method of the request that met it
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = status(request);
        response.setStatus(status);
        if (path(request).startsWith("/api/")) {
            Json.send(response, status, Json.error(headline(status)));
            return;
        }
        Map<String, Object> content = Map.of("title", headline(status), "status", status, "advice", advice(status));
        PAGE.show(request, response, Visitor.known(request), content);
    }

    private static int status(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        // somebody asked for the error page itself
        return status instanceof Integer known ? known : HttpServletResponse.SC_NOT_FOUND;
    }

    private static String path(HttpServletRequest request) {
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return path instanceof String known
                ? known.substring(request.getContextPath().length())
                : "";
    }

    private static String headline(int status) {
        return switch (status) {
            case 400 -> "That does not fit into a basket";
            case 404 -> "Nothing on this stretch of shore";
            case 405 -> "It does not work that way round";
            case 409 -> "The basket is full";
            default -> status < 500 ? "The shop cannot take that" : "Something broke on our side";
        };
    }

    private static String advice(int status) {
        return switch (status) {
            case 400 -> "A thing needs a name of 1 to " + Cart.LONGEST_NAME + " characters.";
            case 404 -> "The tide may have taken it. The shelf is still where it was.";
            case 409 -> "It holds " + Cart.MOST_ITEMS + " things. Take some out, or order them.";
            default -> status < 500 ? "Go back to the shelf and try again." : "Your basket is safe. Try again.";
        };
    }
}
