package io.limpet.failover.protocol;

import org.jspecify.annotations.Nullable;

/** What {@link SessionStore#load} found. */
public sealed interface LookupResult {

    /**
     * The session is there.
     *
     * @param record the session as it is now
     * @param key where the record is kept
     */
    record Found(SessionRecord record, String key) implements LookupResult {}

    /** The session was invalidated. */
    record Ended() implements LookupResult {}

    /** The cluster knows of no such session. Missing is not dead: a member that is cut off misses what exists. */
    record Missing() implements LookupResult {}

    /** What an entry means to who looks for a session; a pointer that leads to a pointer leads nowhere. */
    static LookupResult of(String key, @Nullable Entry entry) {
        if (entry instanceof SessionRecord record) {
            return new Found(record, key);
        }
        return entry instanceof Tombstone ? new Ended() : new Missing();
    }
}
