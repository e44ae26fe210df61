package io.limpet.failover.hazelcast;

import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.Taken;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The map from id to the bytes of an entry, wherever its members are. Safe for use by any number of threads; unless it
 * says otherwise, no method blocks longer than the store's time-out.
 */
interface Entries extends AutoCloseable {

    /**
     * Applies a change, alone with the entry.
     *
     * @throws io.limpet.failover.protocol.StoreUnavailableException when that could not be made sure of in time
     */
    <R extends Result> Answer<R> apply(String key, Change<R> change);

    /**
     * The bytes of an entry, null when there is none.
     *
     * @throws io.limpet.failover.protocol.StoreUnavailableException when there is no answer in time
     */
    byte @Nullable [] get(String key);

    /** Tells all nodes that a session was taken, as well as it can. Does not block. */
    void tell(Taken taken);

    /** Whom to tell when another node says so. */
    void onTaken(Consumer<Taken> listener);

    /** Who must answer for this entry: equal for all entries that the same members keep. Asks nobody. */
    Object keepers(String key);

    /**
     * Equal for entries whose changes wait for the same members, as far as that is certain: the keepers where owner and
     * backup are known, else less. Asks nobody.
     */
    Object fate(String key);

    /**
     * Writes beside such an entry; completes when all that a change of it waits for have answered. Does not block.
     *
     * @param bytes how much to write, at least
     */
    CompletionStage<?> probe(String key, int bytes);

    /**
     * Does what is due after members came or went, and tells whether that is done and every entry has its copies again.
     * May block; it is called by one thread, again and again until it says so.
     */
    boolean settle();

    /** Leaves the cluster; bounded in time. */
    @Override
    void close();
}
