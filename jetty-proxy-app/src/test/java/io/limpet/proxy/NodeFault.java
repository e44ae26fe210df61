package io.limpet.proxy;

/** How a {@link FaultyNode} treats a request. */
enum NodeFault {
    NONE,
    /** A byte of the handshake is read, where there is one. */
    RESET_IN_HANDSHAKE,
    /** Its first byte is read, and nothing more of it. */
    RESET_ON_ARRIVAL,
    /** Its head and a part of its body are read. */
    RESET_IN_REQUEST,
    RESET_BEHIND_REQUEST,
    SILENCE,
    END_IN_HEAD,
    END_IN_BODY,
    STATUS_500,
    STATUS_503,
    /** The node's word, where it is asked for it, that it does not have the session. */
    SESSION_LOST,
    /** A container's own 404; from then on the status tells of no such application. */
    APPLICATION_GONE,
    /** Answered well; the connection ends without a word of it in the answer. */
    END_BEHIND_ANSWER
}
