package io.limpet.failover;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that live in this node's container: by the id that the container gave them, by the key of their record,
 * and by the ids of other nodes under which clients still ask for them. Safe for use by any number of threads.
 */
final class LocalSessions {

    private final Map<String, Shadow> byId = new ConcurrentHashMap<>();
    private final Map<String, Shadow> byKey = new ConcurrentHashMap<>();
    private final Map<String, Alias> byAlias = new ConcurrentHashMap<>();
    private final Map<String, Shadow> ending = new ConcurrentHashMap<>();
    /** What renamed sessions were called before, until the store knows that they are over under these names. */
    private final Map<String, Shadow> former = new ConcurrentHashMap<>();
    /** Sessions of this container that were left for another one, until the container ends them. */
    private final Map<String, Shadow> left = new ConcurrentHashMap<>();
    /** Copies of sessions that other nodes are said to own. */
    private final Set<Shadow> stale = ConcurrentHashMap.newKeySet();

    /** A session as it was given to those who came with another id, and what is known of it. */
    record Alias(OpenedSession session, Shadow shadow) {}

    Optional<Shadow> byId(String sessionId) {
        return Optional.ofNullable(byId.get(sessionId));
    }

    Optional<Shadow> byKey(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** Those that are kept in the store; each once. */
    Collection<Shadow> all() {
        return List.copyOf(byKey.values());
    }

    /** The session that was adopted here for a client that came with one of these ids. */
    Optional<Alias> byAlias(Collection<String> requestedIds) {
        if (byAlias.isEmpty()) {
            return Optional.empty();
        }
        for (String id : requestedIds) {
            Alias adopted = byAlias.get(id);
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
        settled(shadow);
        for (String id : requestedIds) {
            if (!id.equals(session.id())) {
                shadow.names.addAlias(id);
                byAlias.put(id, new Alias(session, shadow));
            }
        }
    }

    /** The session lives on in another one of this container. */
    void moved(Shadow shadow) {
        String id = shadow.session.getId();
        left.put(id, shadow); // first: nobody shall find it nowhere
        remove(id, shadow);
    }

    /** Where a session went that the container still has under this id. */
    Optional<Shadow> leftFor(String sessionId) {
        Optional<Shadow> now = Optional.ofNullable(left.get(sessionId)).flatMap(shadow -> shadow.movedTo);
        while (now.isPresent() && now.get().movedTo.isPresent()) { // each move makes a new one: it ends
            now = now.get().movedTo;
        }
        return now;
    }

    /** What was known of a session that was left for another one: requests that still hold it go on with this. */
    Optional<Shadow> whatWasLeft(String sessionId) {
        return Optional.ofNullable(left.get(sessionId));
    }

    /** Whether the session that the container has under this id is on its way into another one. */
    boolean isMoving(String sessionId) {
        Shadow shadow = left.get(sessionId);
        return shadow != null && shadow.movedTo.isEmpty();
    }

    /** The container has it under another id. */
    void leftAs(String sessionId, String oldId, Shadow shadow) {
        left.put(sessionId, shadow);
        left.remove(oldId, shadow);
    }

    void forgetMoved(String sessionId) {
        left.remove(sessionId);
    }

    /** The application ends the session; the container has it for a moment longer. */
    void ending(String sessionId, Shadow shadow) {
        ending.put(sessionId, shadow);
    }

    /** The container gave it another id while it is being ended: under that, too, it is no new session. */
    void endingAs(String sessionId, String oldId, Shadow shadow) {
        ending.put(sessionId, shadow);
        ending.remove(oldId, shadow);
    }

    /** What is known of a session that is being ended: requests that hold it shall not take it for a new one. */
    Optional<Shadow> whatIsEnding(String sessionId) {
        return Optional.ofNullable(ending.get(sessionId));
    }

    /** The container has it no more. */
    void ended(String sessionId) {
        ending.remove(sessionId);
        left.remove(sessionId);
    }

    /** Whether the container has a session under this id that nobody is to be served any more. */
    boolean isOver(String sessionId) {
        return !byId.containsKey(sessionId)
                && (ending.containsKey(sessionId) || left.containsKey(sessionId) || isFormer(sessionId));
    }

    /** Whether a session that had this id has another one by now, of which the store may not know yet. */
    boolean isFormer(String id) {
        return former.containsKey(id);
    }

    /** The store knows, too, that the session is to be found no more under what it was called before. */
    void forgetFormer(Shadow shadow) {
        former.values().removeIf(it -> it == shadow);
    }

    /** How many sessions of this container are not the live ones any more: another node, or another session, goes on. */
    long elsewhere() {
        return (long) left.size() + stale.size(); // not by a look at all sessions: every answer tells it
    }

    /** Somebody has learnt, or may have learnt, who owns the session. */
    void settled(Shadow shadow) {
        // every request comes by here, and most find nothing to do
        if (!shadow.tenure.isTaken() && (stale.isEmpty() || !stale.remove(shadow))) {
            return;
        }
        if (shadow.tenure.isTaken() && isKnown(shadow, shadow.key())) {
            stale.add(shadow);
        }
        if (!isKnown(shadow, shadow.key())) {
            stale.remove(shadow); // it was forgotten just now
        }
    }

    /** Whether this is still the live copy of the session that is kept under the key. */
    boolean isKnown(Shadow shadow, String key) {
        return !shadow.closed && shadow.key().equals(key) && byKey.get(key) == shadow;
    }

    /** Forgets the session under every name; answers false when another thread has already done so. */
    boolean remove(String sessionId, Shadow shadow) {
        boolean removed = byId.remove(sessionId, shadow);
        forgetFormer(shadow);
        byKey.remove(shadow.key(), shadow);
        stale.remove(shadow); // behind the key: who adds it looks at that again
        removeAliases(shadow);
        return removed;
    }

    /** The session is found by this id, too; answers who was found by it until now, if somebody else was. */
    Optional<Shadow> alsoById(String id, Shadow shadow) {
        return Optional.ofNullable(byId.put(id, shadow)).filter(before -> before != shadow);
    }

    /** The session has a new id: neither its old id nor its aliases find it any more. */
    void renamed(Collection<String> oldNames, String oldKey, Shadow shadow) {
        oldNames.forEach(name -> former.put(name, shadow));
        byKey.put(shadow.key(), shadow);
        oldNames.forEach(name -> byId.remove(name, shadow));
        byKey.remove(oldKey, shadow);
        removeAliases(shadow);
    }

    /** It had this id, too, between two others. */
    void alsoFormer(String id, Shadow shadow) {
        if (byId.remove(id, shadow)) {
            former.put(id, shadow);
        }
    }

    private void removeAliases(Shadow shadow) {
        shadow.names.takeAliases().forEach(byAlias::remove);
    }
}
