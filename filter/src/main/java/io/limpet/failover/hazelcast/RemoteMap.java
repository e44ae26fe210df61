package io.limpet.failover.hazelcast;

import org.jspecify.annotations.Nullable;

/**
 * What members that know nothing of Limpet can do with an entry. A call that fails may have been carried out all the
 * same. Every one of them throws what Hazelcast throws.
 */
interface RemoteMap {

    /** Null when there is none. */
    byte @Nullable [] get(String key);

    /**
     * Whether there was none, and there is this one now.
     *
     * @param seconds to live; 0: for ever
     */
    boolean putIfAbsent(String key, byte[] value, long seconds);

    /** Whether the entry was the expected one, byte by byte, and is the other one now. Its time to live is lost. */
    boolean replace(String key, byte[] expected, byte[] value);

    /** Gives an entry, if there is one, so many seconds to live from now; 0: for ever. */
    void expireIn(String key, long seconds);
}
