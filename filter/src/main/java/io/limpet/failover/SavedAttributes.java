package io.limpet.failover;

import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Stamp;
import io.limpet.failover.protocol.StoredAttribute;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes of one session the store has, and in which state; tells what has changed since. Called with the
 * session's lock held, but for what is said to need none.
 */
final class SavedAttributes {

    private final Supplier<HttpSession> container;
    private final AttributeWriter writer;
    private final OpenVisits visits;
    private final Map<String, Kept> saved = new HashMap<>();
    private final Sightings sightings = new Sightings();
    /** Taken in from a former key of the session, and not yet saved under the one that it has now. */
    private final Map<String, StoredAttribute> owed = new HashMap<>();
    /** Touched past the filter, since the last capture. */
    private final Marks touched = new Marks();
    /** Set past the filter, since the last acknowledged save. */
    private final Set<String> assigned = ConcurrentHashMap.newKeySet();
    /** Touched, and not yet compared with what the store has acknowledged. */
    private final Set<String> pending = new HashSet<>();

    final Replaced replaced = new Replaced();
    private final PastAttributes past = new PastAttributes();
    final Imports imports;

    /**
     * Of a session of which the store has nothing yet.
     *
     * @param container answers the container's session as the last request had it
     * @param visits of all requests that may change an attribute while it is written
     */
    SavedAttributes(Supplier<HttpSession> container, AttributeWriter writer, OpenVisits visits) {
        this.container = container;
        this.writer = writer;
        this.visits = visits;
        this.imports = new Imports(container, writer, replaced, past);
    }

    /** An attribute may have changed; may be called without the lock. */
    void markTouched(String name) {
        touched.mark(name);
    }

    /** Which attributes are used past the filter; may be asked without the lock. */
    PastAttributes past() {
        return past;
    }

    /** An attribute was set or removed; may be called without the lock. */
    void markAssigned(String name) {
        assigned.add(name);
        touched.mark(name);
    }

    /** Whether an attribute was marked since the last capture; may be asked without the lock. */
    boolean areMarked() {
        return touched.areThere();
    }

    /** Whether a capture would find nothing, unless a request has touched something; see {@link Shadow#isQuiet}. */
    boolean areSettled() {
        return pending.isEmpty() && past.isEmpty();
    }

    /**
     * Copies what is in the record into the container's session.
     *
     * @param keep unsaved changes that stay as they are here
     * @param drop unsaved changes that give way to what is in the record
     */
    void load(SessionRecord record, Delta keep, Delta drop) {
        sightings.owned(record.epoch());
        Set<String> gone = new HashSet<>(saved.keySet());
        gone.addAll(drop.changed());
        gone.removeAll(record.attributes().keySet());
        for (String name : gone) {
            saved.remove(name);
            unread().remove(name);
            if (!keep.changes(name)) {
                imports.drop(name);
            }
        }
        record.attributes().forEach((name, stored) -> {
            Kept kept = saved.get(name);
            boolean news = sightings.isNews(name, stored.stamp());
            sightings.saw(name, stored.stamp());
            if (keep.changes(name)) {
                saved.put(name, new Kept(Fingerprint.of(stored.bytes()), stored.stamp(), false));
            } else if (kept != null && kept.own() && !news && stored.stamp().compareTo(kept.stamp()) < 0) {
                saved.remove(name); // the cluster went back behind what it had acknowledged: the next save mends it
            } else if (kept == null || !kept.is(stored.bytes()) || drop.changes(name)) {
                load(name, stored);
            }
        });
        owed.forEach((name, stored) -> {
            if (!keep.changes(name)) {
                load(name, stored);
            }
        });
    }

    /** The same with the record of a former key; what comes of it is owed to the key that the session has now. */
    void loadFormer(SessionRecord record, Delta keep, Delta drop) {
        owed.keySet().removeAll(record.attributes().keySet());
        load(record, keep, drop);
        record.attributes().forEach((name, stored) -> {
            Kept kept = saved.get(name);
            if (kept != null && !kept.own() && kept.is(stored.bytes())) {
                owed.put(name, stored);
            }
        });
    }

    /** Whether the store may lack, under the key that the session has now, what is kept of it here. */
    boolean owes() {
        return !owed.isEmpty();
    }

    private void load(String name, StoredAttribute stored) {
        saved.put(name, new Kept(Fingerprint.of(stored.bytes()), stored.stamp(), false));
        imports.load(name, stored.bytes())
                .ifPresent(here -> saved.computeIfPresent(name, (same, kept) -> kept.readAs(here)));
    }

    /**
     * What has to be sent, of the attributes that were touched.
     *
     * @param whole all of it, not only what differs from what the store has acknowledged
     */
    Delta capture(Touches touches, boolean whole) {
        return capture(touches, whole, false);
    }

    private Delta capture(Touches touches, boolean whole, boolean all) {
        if (!touches.isUntouched()) {
            pending.addAll(touches.names());
        }
        touched.takeInto(pending);
        if (!whole && areSettled()) {
            return Delta.NOTHING;
        }
        Set<String> set = new HashSet<>(assigned);
        set.addAll(touches.assigned());
        boolean contested = visits.open() > touches.visits();
        Capture.Pen pen = contested ? writer::writeContested : writer::write;
        return new Capture(container.get(), pen, this, suspects(whole), set, whole, all).delta();
    }

    /** What may have changed: the listeners and the wrapper together hear of every attribute that is set or removed. */
    private Set<String> suspects(boolean whole) {
        Set<String> names = new HashSet<>(pending);
        past.addTo(names);
        if (whole) {
            names.addAll(Collections.list(container.get().getAttributeNames()));
        }
        return names;
    }

    /** What differs, of all attributes: of requests that are under way it is not known yet what they touched. */
    Delta captureAll() {
        pending.addAll(saved.keySet());
        return capture(Touches.NONE, false, true);
    }

    /** Whether nothing has touched what the store has. */
    boolean isSaved(String name) {
        return saved.containsKey(name) && !pending.contains(name);
    }

    /** Whether the store has some value of it. */
    boolean isStored(String name) {
        return saved.containsKey(name);
    }

    boolean isSavedAs(String name, Fingerprint fingerprint) {
        Kept kept = saved.get(name);
        return kept != null
                && (kept.fingerprint().equals(fingerprint) || kept.here().equals(fingerprint));
    }

    /** Whether both copies of a session go by the same value in the store. */
    boolean isSavedAsIn(SavedAttributes other, String name) {
        Kept kept = saved.get(name);
        Kept there = other.saved.get(name);
        return kept == null
                ? there == null
                : there != null && kept.fingerprint().equals(there.fingerprint());
    }

    boolean isSavedByThisNode(String name) {
        Kept kept = saved.get(name);
        return kept != null && kept.own();
    }

    Set<String> savedNames() {
        return Set.copyOf(saved.keySet());
    }

    /** In the record, but not readable here: neither ours to remove nor to rewrite. */
    Map<String, byte[]> unread() {
        return imports.unread();
    }

    /** Adds to the unsaved changes those that were saved after this point. */
    Delta with(Delta unsaved, Stamp after) {
        Set<String> changed = new HashSet<>(unsaved.changed());
        Map<String, Fingerprint> fingerprints = new HashMap<>(unsaved.fingerprints());
        saved.forEach((name, kept) -> {
            if (kept.own() && kept.stamp().compareTo(after) > 0) {
                changed.add(name);
                fingerprints.putIfAbsent(name, kept.fingerprint());
            }
        });
        return new Delta(
                unsaved.set(),
                fingerprints,
                changed,
                unsaved.removed(),
                unsaved.busy(),
                unsaved.silent(),
                unsaved.whole());
    }

    /** The store has acknowledged this delta, or there was nothing to send. */
    void acknowledged(Delta delta, Stamp stamp) {
        if (delta.isEmpty() && pending.isEmpty()) {
            return;
        }
        sightings.owned(stamp.epoch());
        if (delta.whole()) {
            owed.clear();
            saved.keySet().retainAll(delta.set().keySet());
        }
        delta.fingerprints().forEach((name, fingerprint) -> saved.put(name, new Kept(fingerprint, stamp, true)));
        saved.keySet().removeAll(delta.removed());
        unread().keySet().removeAll(delta.fingerprints().keySet());
        pending.removeIf(name -> !delta.busy().contains(name) && !replaced.isTainted(name));
        // also where it was set to what it was already; unless it is set again by now
        assigned.removeIf(name -> !pending.contains(name) && !touched.contains(name));
        delta.silent().forEach(writer::changedWithoutBeingSet);
    }

    /**
     * Whether somebody else changed an attribute of this delta in a way that this node has not seen.
     *
     * @param known the attributes that there were then: if one of these is missing, somebody has removed it
     */
    boolean conflicts(Delta delta, SessionRecord record, Set<String> known) {
        for (String name : delta.changed()) {
            StoredAttribute stored = record.attributes().get(name);
            if (stored == null ? known.contains(name) : conflicts(name, stored, delta)) {
                return true;
            }
        }
        return delta.removed().stream().anyMatch(name -> {
            StoredAttribute stored = record.attributes().get(name);
            return stored != null && conflicts(name, stored, delta);
        });
    }

    private boolean conflicts(String name, StoredAttribute stored, Delta delta) {
        Fingerprint there = Fingerprint.of(stored.bytes());
        @Nullable Fingerprint here = delta.fingerprints().get(name);
        return sightings.isNews(name, stored.stamp()) && !there.equals(here) && !isSavedAs(name, there);
    }
}
