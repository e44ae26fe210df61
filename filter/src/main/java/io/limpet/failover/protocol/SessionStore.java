package io.limpet.failover.protocol;

import java.util.function.Consumer;

/**
 * Where the cluster keeps its sessions. The node that runs the application holds the live ones; this is the copy that
 * survives it.
 *
 * <p>Safe for use by any number of threads. Every call is bounded in time; past that, and while two halves of a cluster
 * merge, it throws {@link StoreUnavailableException}. Ids and keys are container ids without a route; a record's key is
 * the first id that its session had, and {@link #point} makes the later ones lead to it.
 */
public interface SessionStore extends AutoCloseable {

    /**
     * Writes the owner's changes; when it returns {@link SaveResult#SAVED} they are on two members, or on the only one.
     *
     * @throws StoreUnavailableException when that could not be made sure of in time
     */
    SaveResult save(String key, Save save);

    /**
     * Makes the claimant the owner of the session that has, or had, this id.
     *
     * @throws StoreUnavailableException when the store did not answer in time or may not be trusted just now
     */
    ClaimResult claim(String id, Claim claim);

    /**
     * Reads the session that has, or had, this id, to verify a local copy without claiming.
     *
     * @throws StoreUnavailableException when the store did not answer in time or may not be trusted just now
     */
    LookupResult load(String id);

    /**
     * Ends the session for good.
     *
     * @throws StoreUnavailableException when that could not be made sure of in time
     */
    EndResult end(String key, End end);

    /**
     * Makes another id lead to the record. Saves do not prolong it: while the session lives, the owner points again
     * every {@link Lifetime#pointerRenewal} seconds, for each id of the session that is not the key.
     *
     * @param maxInactiveSeconds the session's timeout in seconds; zero or less: never
     * @throws StoreUnavailableException when that could not be made sure of in time
     */
    void point(String id, String key, int maxInactiveSeconds);

    /**
     * Whom to tell that another node has claimed a session. After each claim that was granted the store tells all other
     * nodes ({@link Taken#of}), as well as it can and without making the claimant wait. A store that cannot tell leaves
     * this as it is: stale copies then answer reads until the trust generation grows.
     *
     * @param listener called on any thread; does not throw and does not wait, but the application's own listeners may run
     *     in it
     */
    default void onTaken(Consumer<Taken> listener) {}

    /**
     * Who must answer for what is kept under this key: equal for all keys that stand or fall together when a member of
     * the cluster hangs. Costs nothing to ask.
     */
    default Object keepers(String key) {
        return "all";
    }

    /** Whether acknowledged changes survive the next failure. Costs nothing to ask. */
    StoreState state();

    /**
     * Grows whenever something happened after which another node may own what this one holds: the clock jumped, a member
     * came or went, two halves merged. A local copy that was verified under an earlier number must be verified by
     * {@link #load} before it is served. Costs nothing to ask.
     */
    long trustGeneration();

    /**
     * Grows whenever the store may have lost what it had acknowledged: a member is gone, two halves merged, or a client
     * is connected again. What a node owns must then be looked up, and saved again where it is missing. Costs nothing to
     * ask; a store that never loses anything leaves this as it is.
     */
    default long lossGeneration() {
        return 0;
    }

    /** Leaves the cluster, handing over what this member holds; bounded in time. Later calls throw. */
    @Override
    void close();
}
