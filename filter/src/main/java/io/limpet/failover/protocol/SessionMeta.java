package io.limpet.failover.protocol;

import java.util.List;

/**
 * What a session is, apart from its attributes. Immutable.
 *
 * @param ids the ids that containers gave it, oldest first, the current one last; never empty
 * @param creationTime in milliseconds since 1970
 * @param lastAccess in milliseconds since 1970; late by up to a tenth of the timeout, because a read-only request tells
 *     nobody
 * @param maxInactiveSeconds the timeout in seconds; zero or less: the session never times out
 */
public record SessionMeta(List<String> ids, long creationTime, long lastAccess, int maxInactiveSeconds) {

    /** @throws IllegalArgumentException when there is no id */
    public SessionMeta {
        ids = List.copyOf(ids);
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("a session has at least one id");
        }
    }
}
