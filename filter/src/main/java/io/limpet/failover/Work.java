package io.limpet.failover;

import jakarta.servlet.http.HttpSession;

/**
 * What the application does for one request, on whichever threads: of the sessions that are this request's, those that
 * the container ends there have been ended by the application. Safe for use by any number of threads.
 */
public interface Work {

    /** Where nothing is replicated, nobody asks who has ended a session. */
    Work NONE = new Work() {};

    /** A stay of the application on one thread; closed there, and before any that began earlier. */
    @FunctionalInterface
    interface AtWork extends AutoCloseable {

        /** The application is at work here no more, unless it was before this began. */
        @Override
        void close();
    }

    /** The application is at work on this thread until the answer is closed. */
    default AtWork begin() {
        return () -> {};
    }

    /** The request has this session, or came for it. */
    default void concerns(HttpSession session) {}

    /** Whether the store did not take the end of such a session, and the operator wants such requests refused. */
    default boolean mustBeRefused() {
        return false;
    }
}
