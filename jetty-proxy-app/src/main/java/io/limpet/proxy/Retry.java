package io.limpet.proxy;

import java.util.Set;

/** What follows an attempt that brought no response. */
enum Retry {
    /** Once more, on a connection of its own: to the same node, or where nothing ties the request to it, to another. */
    ONCE_MORE,
    /** To a node that was not tried yet. */
    NEXT_NODE,
    /** Not at all: the client is told. */
    GIVE_UP;

    /**
     * The methods that may reach a node twice (RFC 9110 §9.2.2). {@code TRACE} is idempotent too, but ends at the
     * proxy.
     */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

    /**
     * Decides. What was certainly not sent is sent elsewhere. What may have arrived is sent again only when it may
     * arrive twice and its body was not touched: once more when it was lost on a pooled connection, which the node
     * has usually closed meanwhile, and which tells nothing of it; else to another node, since this one has had its chance.
     *
     * @param untouched whether nothing of the client's body was read yet
     * @param again whether this was the second attempt at this node already, for whichever reason: there is no third
     */
    static Retry after(Failure failure, String method, boolean untouched, boolean again) {
        Retry onceMore = again ? NEXT_NODE : ONCE_MORE;
        return switch (failure) {
            case REFUSED, UNREACHED, UNRESOLVED -> NEXT_NODE;
            case NOT_SENT -> onceMore;
            case STALE -> mayArriveTwice(method, untouched) ? onceMore : GIVE_UP;
            case LOST -> mayArriveTwice(method, untouched) ? NEXT_NODE : GIVE_UP;
            case TIMED_OUT, MALFORMED, OVERLOADED, UNFINISHED, CLIENT -> GIVE_UP;
        };
    }

    static boolean mayArriveTwice(String method, boolean untouched) {
        return IDEMPOTENT.contains(method) && untouched;
    }
}
