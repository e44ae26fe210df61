package io.limpet.proxy;

/** Notices that the client leaves while nobody reads from it. */
interface DepartureWatch {
    /** Nothing of the request is in the server's buffers any more. */
    void listen();

    /** Something of the request is unread, and nobody is about to read it. */
    void look();

    /** Who reads notices. */
    void stopLooking();

    /** Before the request is given back to the server. */
    void end();
}
