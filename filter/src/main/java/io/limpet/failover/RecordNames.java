package io.limpet.failover;

import io.limpet.failover.protocol.Lifetime;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * By which names a session's record is found: the key under which it is kept, the ids that lead there, and the keys that
 * must find it no more since a login. Called with the session's lock held, but for what is said to need none.
 */
final class RecordNames {

    private final List<String> ids = new CopyOnWriteArrayList<>();
    /** Keys under which the session was kept before its id changed, and what was saved there last. */
    private volatile Map<String, FormerKey> formerKeys = Map.of();
    /** Ids of other nodes under which clients still ask for this session here. */
    private final Set<String> aliases = ConcurrentHashMap.newKeySet();

    private volatile String key;
    private boolean pointerDue;
    private boolean unsaved;
    private long pointedAt;

    /** A session that was made here is kept under its own id. */
    RecordNames(String id) {
        key = id;
        ids.add(id);
    }

    /** A session that was claimed from the store has one more id here. */
    RecordNames(String key, List<String> ids, String id) {
        this.key = key;
        this.ids.addAll(ids);
        if (!ids.contains(id)) {
            this.ids.add(id);
            pointerDue = true;
            unsaved = true;
        }
    }

    String key() {
        return key;
    }

    /** Those that containers gave the session, the current one last. */
    List<String> ids() {
        return ids;
    }

    /** Whether the record lacks one of the ids; see {@link Shadow#isQuiet}. */
    boolean isUnsaved() {
        return unsaved;
    }

    void saved() {
        unsaved = false;
    }

    /** Whether who asks for this id means this session. Needs no lock. */
    boolean leadFrom(String id) {
        return ids.contains(id);
    }

    /** A client asks for it under this id, and may do so again. Needs no lock. */
    void addAlias(String id) {
        aliases.add(id);
    }

    /** Forgets the aliases, and answers what they were. Needs no lock. */
    Collection<String> takeAliases() {
        Set<String> taken = Set.copyOf(aliases);
        aliases.removeAll(taken);
        return taken;
    }

    /**
     * The ids that must be made to lead to the record before a client knows them, or again before that expires.
     *
     * @param maxInactiveSeconds the session's timeout
     */
    List<String> pointersDue(long now, int maxInactiveSeconds) {
        long renewal = Lifetime.pointerRenewal(maxInactiveSeconds) * 1_000;
        boolean expiring = renewal != Lifetime.FOREVER && now - pointedAt >= renewal;
        return pointerDue || expiring
                ? ids.stream().filter(id -> !id.equals(key)).toList()
                : List.of();
    }

    void pointed(long now) {
        pointerDue = false;
        pointedAt = now;
    }

    /**
     * What leads to the record may be lost.
     *
     * @return whether anything but its key does, and so has to be saved again
     */
    boolean pointAgain() {
        boolean leads = ids.size() > 1;
        pointerDue |= leads;
        unsaved |= leads;
        return leads;
    }

    Map<String, FormerKey> formerKeys() {
        return formerKeys;
    }

    void formerKeyEnded(String formerKey) {
        changeFormerKeys(keys -> keys.remove(formerKey));
    }

    /** Another node had claimed the session under its former key meanwhile. */
    void formerKeyClaimed(String formerKey, FormerKey claimed) {
        changeFormerKeys(keys -> keys.put(formerKey, claimed));
    }

    /** The store knows the session under its key, which will be a former one. */
    void leave(FormerKey saved) {
        changeFormerKeys(keys -> keys.put(key, saved));
    }

    /** A new map each time, for those who look without the lock. */
    private void changeFormerKeys(Consumer<Map<String, FormerKey>> change) {
        Map<String, FormerKey> changed = new LinkedHashMap<>(formerKeys);
        change.accept(changed);
        formerKeys = Collections.unmodifiableMap(changed);
    }

    /** The session is kept under this id from now on, and found by no other. */
    void rename(String newId) {
        key = newId;
        ids.clear();
        ids.add(key);
        pointerDue = false;
    }

    /** Every name under which somebody may ask for this session: none of them may find it once it is dead. */
    Set<String> all(String sessionId) {
        Set<String> names = new HashSet<>(ids);
        names.addAll(aliases);
        names.addAll(formerKeys.keySet());
        names.add(key);
        names.add(sessionId);
        return names;
    }
}
