package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the filter asks of failover: {@link NoFailover}, or {@link Replication} when it is switched on. Safe for use by
 * any number of threads.
 */
public interface Failover extends AutoCloseable {

    /** What the node's status says of failover. */
    enum State {
        OFF,
        HEALTHY,
        DEGRADED
    }

    State state();

    /** How often an attribute was found changed that nobody had set; the changes were saved all the same. */
    default long changesWithoutSet() {
        return 0;
    }

    /** Which sessions this node gives up to one that has fewer. */
    default Rebalance rebalance() {
        return Rebalance.NEVER;
    }

    /** Whether there is anything to save, and so anything to watch. Never changes. */
    default boolean replicates() {
        return true;
    }

    /**
     * What the container ends before its time while the node is about to stop may be the stop itself, and stays alive in
     * the cluster.
     *
     * @param soon whether the node is about to stop; asked on any thread
     */
    default void leavingWhen(BooleanSupplier soon) {}

    /** What the application is about to do for one request. */
    default Work work() {
        return Work.NONE;
    }

    /**
     * Finds the session of a request that arrives: this node's own one, or one that is adopted because another node
     * held it.
     *
     * @param own the session that the container found, or null
     * @param requestedIds what the client asked for, in the forms in which a container may have named it; may be empty
     * @param open makes a new session in the container
     */
    Arrival arrive(@Nullable HttpSession own, List<String> requestedIds, Supplier<OpenedSession> open);

    /** Starts a request's work on one session; a session that is not known yet is taken in. */
    Visit visit(HttpSession session);

    /**
     * Moves an adopted session into one that the container makes for this request: the container has tied the first one to
     * the request that adopted it, and gives a new id only to a session of the request that asks for it.
     *
     * @param session the adopted session; nothing of it is saved from here any more
     * @param requestedIds what the client asked for
     * @param open makes a new session in the container
     * @return the new session, with all that is in the old one
     * @throws IllegalStateException when the session was ended, or the store cannot take or give it
     */
    HttpSession move(HttpSession session, List<String> requestedIds, Supplier<OpenedSession> open);

    /** The container gave a session a new id; the old one must find it no more. */
    void idChanged(HttpSession session, String oldId);

    /** An attribute was set or removed, perhaps past the filter. */
    void attributeChanged(HttpSession session, String name);

    /**
     * The application ends this session.
     *
     * @return ENDED when it is dead on every node; QUEUED or REJECTED when the store did not take that in time, and it is
     *     dead on this node only
     */
    SaveOutcome invalidated(HttpSession session);

    /**
     * The container ended this session: the application, a time-out or the container's own stop may be the cause. On a
     * thread that is at {@link #work} for a request of this session it was the application.
     */
    void destroyed(HttpSession session);

    /** Saves what is not saved yet and leaves the cluster in order. */
    @Override
    void close();
}
