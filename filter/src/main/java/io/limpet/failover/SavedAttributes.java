package io.limpet.failover;

import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.StoredAttribute;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Which attributes of one session the store has, and in which state; tells what has changed since. Everything but {@link
 * #markTouched} is called with the session's lock held.
 */
final class SavedAttributes {

    private final Supplier<HttpSession> container;
    private final AttributeWriter writer;
    private final Map<String, Fingerprint> saved = new HashMap<>();
    /** In the record, but not readable here: neither ours to remove nor to rewrite. */
    private final Map<String, byte[]> unread = new HashMap<>();
    /** Touched past the filter, since the last capture. */
    private final Set<String> touched = ConcurrentHashMap.newKeySet();

    private final PastAttributes past = new PastAttributes();
    /** Touched, and not yet compared with what the store has acknowledged. */
    private final Set<String> pending = new HashSet<>();

    /** @param container answers the container's session as the last request had it */
    SavedAttributes(Supplier<HttpSession> container, AttributeWriter writer) {
        this.container = container;
        this.writer = writer;
    }

    /** An attribute may have changed; may be called without the lock. */
    void markTouched(String name) {
        touched.add(name);
    }

    /** Which attributes are used past the filter; may be asked without the lock. */
    PastAttributes past() {
        return past;
    }

    /** Copies what is in the record into the container's session; what {@code except} changes stays as it is here. */
    void load(SessionRecord record, Delta except) {
        for (String name : List.copyOf(saved.keySet())) {
            if (!record.attributes().containsKey(name) && !except.changes(name)) {
                saved.remove(name);
                container.get().removeAttribute(name);
            }
        }
        record.attributes().forEach((name, stored) -> {
            if (!except.changes(name)) {
                load(name, stored.bytes());
            }
        });
    }

    private void load(String name, byte[] bytes) {
        Fingerprint fingerprint = Fingerprint.of(bytes);
        if (fingerprint.equals(saved.get(name))) {
            return;
        }
        saved.put(name, fingerprint);
        writer.read(name, bytes)
                .ifPresentOrElse(
                        value -> {
                            unread.remove(name);
                            container.get().setAttribute(name, value);
                            past.loaded(name);
                        },
                        () -> unread.put(name, bytes));
    }

    /**
     * What has to be sent.
     *
     * @param whole all of it, not only what differs from what the store has acknowledged
     */
    Delta capture(Set<String> touchedByRequest, boolean whole) {
        pending.addAll(touchedByRequest);
        touched.removeIf(name -> {
            pending.add(name);
            return true; // what is marked from here on is for the next capture
        });
        Capture capture = new Capture(whole);
        Collections.list(container.get().getAttributeNames()).forEach(capture::add);
        return capture.delta();
    }

    /** One look at all attributes. */
    private final class Capture {
        private final boolean whole;
        private final Set<String> present = new HashSet<>();
        private final Map<String, byte[]> set = new LinkedHashMap<>();
        private final Map<String, Fingerprint> fingerprints = new HashMap<>();
        private final Set<String> busy = new HashSet<>();

        Capture(boolean whole) {
            this.whole = whole;
        }

        void add(String name) {
            boolean untouched = !whole && !pending.contains(name) && saved.containsKey(name);
            if (untouched && !past.contains(name)) {
                present.add(name);
                return;
            }
            Object value = container.get().getAttribute(name);
            if (value == null) {
                return; // removed by another request since the names were listed
            }
            if (untouched && ImmutableValues.contains(value)) {
                present.add(name);
                return;
            }
            AttributeWriter.Written written = writer.write(name, value);
            if (written instanceof AttributeWriter.Bytes bytes) {
                present.add(name);
                add(name, bytes.bytes());
            } else if (written instanceof AttributeWriter.Busy) {
                present.add(name);
                busy.add(name);
            }
            // what cannot be stored counts as absent: another node shall not serve what it was before
        }

        private void add(String name, byte[] bytes) {
            Fingerprint fingerprint = Fingerprint.of(bytes);
            if (whole || !fingerprint.equals(saved.get(name))) {
                set.put(name, bytes);
                fingerprints.put(name, fingerprint);
            }
        }

        Delta delta() {
            Set<String> removed = new HashSet<>(saved.keySet());
            removed.removeAll(present);
            removed.removeAll(unread.keySet());
            if (whole) {
                unread.forEach(set::putIfAbsent);
            }
            return new Delta(set, fingerprints, removed, busy, whole);
        }
    }

    /** The store has acknowledged this delta, or there was nothing to send. */
    void acknowledged(Delta delta) {
        if (delta.whole()) {
            saved.keySet().retainAll(delta.set().keySet());
        }
        saved.putAll(delta.fingerprints());
        saved.keySet().removeAll(delta.removed());
        unread.keySet().removeAll(delta.fingerprints().keySet());
        pending.retainAll(delta.busy());
    }

    /** Whether somebody else changed an attribute of this delta after the epoch in which this node had last owned it. */
    boolean conflicts(Delta delta, SessionRecord record, long epoch) {
        for (String name : delta.set().keySet()) {
            if (changedElsewhere(name, record, epoch)) {
                return true;
            }
        }
        return delta.removed().stream().anyMatch(name -> changedElsewhere(name, record, epoch));
    }

    private boolean changedElsewhere(String name, SessionRecord record, long epoch) {
        StoredAttribute stored = record.attributes().get(name);
        return stored == null ? saved.containsKey(name) : stored.stamp().epoch() > epoch;
    }
}
