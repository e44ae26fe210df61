package io.limpet.proxy.node;

/**
 * The one session id that goes to the node, of all that the client presented.
 *
 * @param carrier where the client wrote it
 * @param position which of several it is, counted from 0
 * @param value what the node gets: without the route when that names a known node, else as the client wrote it
 */
public record SessionId(Carrier carrier, int position, String value) {

    /** Where a session id stands in a request. */
    public enum Carrier {
        /** There is none. */
        NONE,
        /** In a {@code Cookie} line. */
        COOKIE,
        /** In a path parameter. */
        PATH
    }

    /** The request presents no session. */
    public static final SessionId NONE = new SessionId(Carrier.NONE, 0, "");
}
