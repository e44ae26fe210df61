package io.limpet.filter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;

/** The session id that the client asked for. */
record RequestedId(HttpServletRequest request, SessionTagger tagger) {

    /** A container may append more than one segment of its own to the id, behind which it also finds the session. */
    private static final int MAX_SEGMENTS = 3;

    /** The id as the application knows it: a route of the container's own belongs to it. */
    String withoutRoute(String requested) {
        String withoutRoute = tagger.withoutRoute(requested, request);
        if (withoutRoute.equals(requested)) {
            return requested; // nearly always; the container counts it as an access when it is asked for the session
        }
        HttpSession own = request.getSession(false);
        return own != null && own.getId().equals(requested) ? requested : withoutRoute;
    }

    /**
     * The id in the forms in which a container may have named it: containers put segments of their own behind it (Jetty
     * {@code .node0}), and the route of a node that is gone may still be there. Empty when the client asked for none.
     */
    List<String> forms() {
        String requested = request.getRequestedSessionId();
        if (requested == null || requested.isEmpty()) {
            return List.of();
        }
        String id = tagger.withoutRoute(requested, request);
        if (id.equals(requested) && id.indexOf('.') < 0) {
            return List.of(id); // nearly always
        }
        List<String> ids = new ArrayList<>(MAX_SEGMENTS + 1);
        ids.add(requested);
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            if (!ids.contains(id)) {
                ids.add(id);
            }
            int dot = id.lastIndexOf('.');
            if (dot <= 0) {
                break;
            }
            id = id.substring(0, dot);
        }
        return ids;
    }
}
