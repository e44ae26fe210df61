package io.limpet.failover;

import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** One look at attributes of a session that may have changed; with the session's lock held. */
final class Capture {

    /** Writes an attribute. */
    interface Pen {
        AttributeWriter.Written write(String name, Object value);
    }

    private final HttpSession session;
    private final Pen pen;
    private final SavedAttributes saved;
    private final Set<String> names;
    private final Set<String> assigned;
    private final boolean whole;
    private final boolean all;
    private final Set<String> present = new HashSet<>();
    private final Map<String, byte[]> set = new LinkedHashMap<>();
    private final Map<String, Fingerprint> fingerprints = new HashMap<>();
    private final Set<String> changed = new HashSet<>();
    private final Set<String> busy = new HashSet<>();
    private final Set<String> silent = new HashSet<>();

    /**
     * Looks at nothing yet.
     *
     * @param names of what may have changed; all that there are, to send it whole
     * @param whole all of it, not only what differs from what the store has acknowledged
     * @param all also what nobody may save
     */
    Capture(
            HttpSession session,
            Pen pen,
            SavedAttributes saved,
            Set<String> names,
            Set<String> assigned,
            boolean whole,
            boolean all) {
        this.session = session;
        this.pen = pen;
        this.saved = saved;
        this.names = names;
        this.assigned = assigned;
        this.whole = whole;
        this.all = all;
    }

    Delta delta() {
        for (String name : names) {
            if (!name.equals(Shadow.MOVED_TO)) {
                add(name);
            }
        }
        Set<String> removed = new HashSet<>(whole ? saved.savedNames() : names);
        removed.removeIf(name -> present.contains(name)
                || !saved.isStored(name)
                || saved.unread().containsKey(name));
        if (whole) {
            saved.unread().forEach(set::putIfAbsent);
        }
        return new Delta(set, fingerprints, changed, removed, busy, silent, whole);
    }

    private void add(String name) {
        if (saved.replaced.isTainted(name) && !all) {
            present.add(name);
            return;
        }
        boolean untouched = !whole && saved.isSaved(name);
        if (untouched && !saved.past().contains(name)) {
            present.add(name);
            return;
        }
        Object value = session.getAttribute(name);
        if (value == null) {
            return; // removed by another request since the names were listed
        }
        if (untouched && ImmutableValues.contains(value)) {
            present.add(name);
            return;
        }
        AttributeWriter.Written written = pen.write(name, value);
        if (written instanceof AttributeWriter.Bytes bytes) {
            present.add(name);
            add(name, bytes.bytes());
        } else if (written instanceof AttributeWriter.Busy
                || (written instanceof AttributeWriter.Failing && saved.isStored(name))) {
            present.add(name);
            busy.add(name);
        }
        // what cannot be stored counts as absent: another node shall not serve what it was before
    }

    private void add(String name, byte[] bytes) {
        Fingerprint fingerprint = Fingerprint.of(bytes);
        boolean differs = !saved.isSavedAs(name, fingerprint);
        if (whole || differs) {
            set.put(name, bytes);
            fingerprints.put(name, fingerprint);
        }
        if (differs) {
            changed.add(name);
            if (!assigned.contains(name) && !saved.past().contains(name) && saved.isSavedByThisNode(name)) {
                silent.add(name);
            }
        }
    }
}
