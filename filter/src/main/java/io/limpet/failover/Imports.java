package io.limpet.failover;

import jakarta.servlet.http.HttpSession;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Puts attributes of a record into the container's session. Called with the session's lock held; listeners of the
 * application run in it, and one that fails costs nothing but what it was to do.
 */
final class Imports {

    private final Supplier<HttpSession> container;
    private final AttributeWriter writer;
    private final Replaced replaced;
    private final PastAttributes past;
    /** In the record, but not readable here: neither ours to remove nor to rewrite. */
    private final Map<String, byte[]> unread = new HashMap<>();

    /** @param container answers the container's session as the last request had it */
    Imports(Supplier<HttpSession> container, AttributeWriter writer, Replaced replaced, PastAttributes past) {
        this.container = container;
        this.writer = writer;
        this.replaced = replaced;
        this.past = past;
    }

    /**
     * Reads the attribute and sets it.
     *
     * @return what it would be stored as from here, where that may not be what it was read from
     */
    Optional<Fingerprint> load(String name, byte[] bytes) {
        replaced.add(name);
        Optional<Object> value = writer.read(name, bytes).filter(read -> isSet(name, read));
        if (value.isEmpty()) {
            unread.put(name, bytes);
            remove(name);
            return Optional.empty();
        }
        unread.remove(name);
        past.loaded(name);
        return value.filter(read -> !ImmutableValues.contains(read)).flatMap(read -> asWrittenHere(name, read));
    }

    private Optional<Fingerprint> asWrittenHere(String name, Object value) {
        return writer.write(name, value) instanceof AttributeWriter.Bytes written
                ? Optional.of(Fingerprint.of(written.bytes()))
                : Optional.empty();
    }

    /** The record has it no more. */
    void drop(String name) {
        replaced.add(name);
        remove(name);
    }

    /**
     * Sets what is no attribute of the application's.
     *
     * @throws IllegalStateException when the session is over
     */
    void mark(String name, String value) {
        isSet(name, value);
    }

    private boolean isSet(String name, Object value) {
        HttpSession session = container.get();
        try {
            session.setAttribute(name, value);
            return true;
        } catch (RuntimeException | LinkageError e) {
            boolean set = session.getAttribute(name) != null; // throws when the session is over: that was the reason
            writer.refusedByListener(name, e);
            return set;
        }
    }

    /** @throws IllegalStateException when the session is over */
    void remove(String name) {
        HttpSession session = container.get();
        try {
            session.removeAttribute(name);
        } catch (RuntimeException | LinkageError e) {
            session.getCreationTime(); // throws when the session is over: that was the reason
            writer.refusedByListener(name, e);
        }
    }

    /** In the record, but not readable here. */
    Map<String, byte[]> unread() {
        return unread;
    }
}
