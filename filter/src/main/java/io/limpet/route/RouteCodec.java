package io.limpet.route;

import java.util.Optional;

/**
 * Writes a route behind a session cookie's value and reads it back. One segment is appended, one is taken away: the
 * last.
 *
 * <p>Implementations are immutable and safe for use by any number of threads. What a client sends never makes them
 * throw.
 */
public interface RouteCodec {

    /** The value with the route's segment behind it: {@code 4F2A} and {@code n1} give {@code 4F2A.n1}. */
    String tag(String value, Route route);

    /**
     * Takes the last segment away.
     *
     * @return empty when the value has no segment that could be a route. Whether the route names a known node is the
     *     caller's question.
     */
    Optional<Tagged> decode(String value);

    /**
     * Whether the value ends in something that has the form of a sealed route and is none: made up, changed, or taken
     * from another session. Routes in clear text cannot be told from forged ones.
     */
    default boolean isForged(String value) {
        return false;
    }
}
