package io.limpet.failover;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that live in this node's container: by the id that the container gave them, by the key of their record,
 * and by the ids of other nodes under which clients still ask for them. Safe for use by any number of threads.
 */
final class LocalSessions {

    private final Map<String, Shadow> byId = new ConcurrentHashMap<>();
    private final Map<String, Shadow> byKey = new ConcurrentHashMap<>();
    private final Map<String, OpenedSession> byAlias = new ConcurrentHashMap<>();
    /** Sessions of this container that were left for another one, until the container ends them. */
    private final Map<String, Shadow> left = new ConcurrentHashMap<>();

    Optional<Shadow> byId(String sessionId) {
        return Optional.ofNullable(byId.get(sessionId));
    }

    Optional<Shadow> byKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The session that was adopted here for a client that came with one of these ids. */
    Optional<OpenedSession> byAlias(Collection<String> requestedIds) {
        for (String id : requestedIds) {
            OpenedSession adopted = byAlias.get(id);
            if (adopted != null) {
                return Optional.of(adopted);
            }
        }
        return Optional.empty();
    }

    /** Takes the session in, unless another thread already has; answers the one that is kept. */
    Shadow add(String sessionId, Shadow shadow) {
        Shadow known = byId.putIfAbsent(sessionId, shadow);
        if (known != null) {
            return known;
        }
        byKey.put(shadow.key(), shadow);
        return shadow;
    }

    /** The session's own id is no alias: the container finds it by that. */
    void addAliases(List<String> requestedIds, Shadow shadow, OpenedSession session) {
        for (String id : requestedIds) {
            if (!id.equals(session.id())) {
                shadow.aliases.add(id);
                byAlias.put(id, session);
            }
        }
    }

    /** The session lives on in another one of this container. */
    void moved(Shadow shadow) {
        String id = shadow.session.getId();
        remove(id, shadow);
        left.put(id, shadow);
    }

    /** Where a session went that the container still has under this id. */
    Optional<Shadow> leftFor(String sessionId) {
        return Optional.ofNullable(left.get(sessionId)).flatMap(shadow -> shadow.movedTo);
    }

    void forgetMoved(String sessionId) {
        left.remove(sessionId);
    }

    /** Whether this is still the live copy of the session that is kept under the key. */
    boolean isKnown(Shadow shadow, String key) {
        return !shadow.closed && shadow.key().equals(key) && byKey.get(key) == shadow;
    }

    /** Forgets the session under every name; answers false when another thread has already done so. */
    boolean remove(String sessionId, Shadow shadow) {
        boolean removed = byId.remove(sessionId, shadow);
        byKey.remove(shadow.key(), shadow);
        removeAliases(shadow);
        return removed;
    }

    /** The session has a new id: neither its old id nor its aliases find it any more. */
    void renamed(String oldId, String oldKey, String newId, Shadow shadow) {
        byId.put(newId, shadow);
        byKey.put(shadow.key(), shadow);
        byId.remove(oldId, shadow);
        byKey.remove(oldKey, shadow);
        removeAliases(shadow);
    }

    private void removeAliases(Shadow shadow) {
        shadow.aliases.forEach(byAlias::remove);
        shadow.aliases.clear();
    }
}
