package io.limpet.filter;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a container writes around a session's id in its cookie: Jetty {@code .node0} and WildFly {@code .localhost} behind
 * it, Open Liberty {@code 0000} before it and {@code :clone} behind it, most nothing. It is the same for every session of
 * a node.
 *
 * @param before may be empty
 * @param behind may be empty
 */
record CookieForm(String before, String behind) {

    // a client's cookie is looked at too: what a container finds a session behind may still not be its own form
    private static final Pattern BEFORE = Pattern.compile("[0-9]{0,4}");
    private static final Pattern BEHIND = Pattern.compile("([.:!][A-Za-z0-9_-]{1,64}){0,2}");

    /**
     * The form of a cookie's value, without our route, behind which the container has the session with this id.
     *
     * @return empty when it is none that a container is known to write
     */
    static Optional<CookieForm> of(String value, String sessionId) {
        int at = sessionId.isEmpty() ? -1 : value.indexOf(sessionId);
        if (at < 0) {
            return Optional.empty();
        }
        Matcher before = BEFORE.matcher(value.substring(0, at));
        Matcher behind = BEHIND.matcher(value.substring(at + sessionId.length()));
        return before.matches() && behind.matches()
                ? Optional.of(new CookieForm(before.group(), behind.group()))
                : Optional.empty();
    }

    /** What this container writes for a session. */
    String valueOf(String sessionId) {
        return before + sessionId + behind;
    }
}
