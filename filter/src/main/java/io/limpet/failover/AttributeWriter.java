package io.limpet.failover;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Serializes attributes and reads them back; what cannot be stored is reported once per name and class, and costs
 * neither the response nor the rest of the session. Safe for use by any number of threads.
 */
final class AttributeWriter {

    private static final Logger LOG = System.getLogger(AttributeWriter.class.getName());

    /** An object that another thread changes meanwhile is tried again this often. */
    private static final int ATTEMPTS = 3;

    /** A reporter that hears of ever new names must not grow without bounds. */
    private static final int MAX_REPORTED = 1_000;

    private final SessionCodec codec;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    private final AtomicLong changedWithoutBeingSet = new AtomicLong();

    AttributeWriter(SessionCodec codec) {
        this.codec = codec;
    }

    /** What became of a value. */
    sealed interface Written permits Bytes, Busy, Failing, Unstorable {}

    /** It can be stored as these. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Bytes(byte[] bytes) implements Written {}

    /** Another thread changed it all the time; it has to be tried again. */
    record Busy() implements Written {}

    /** It failed each time while other requests were at it, which may be why: nobody knows before they are gone. */
    record Failing() implements Written {}

    /** It cannot be stored at all. */
    record Unstorable() implements Written {}

    /** Writes what no other request has just now. */
    Written write(String name, Object value) {
        return write(name, value, false);
    }

    /**
     * Writes what another request may change meanwhile. Java's own maps do not notice it while they are written, and what
     * comes out may miss an entry or be unreadable: so it counts only when it comes out twice.
     */
    Written writeContested(String name, Object value) {
        return write(name, value, !ImmutableValues.contains(value));
    }

    private Written write(String name, Object value, boolean contested) {
        Optional<byte[]> before = Optional.empty();
        Optional<RuntimeException> failure = Optional.empty();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                byte[] bytes = codec.write(value);
                if (!contested
                        || before.filter(same -> Arrays.equals(same, bytes)).isPresent()) {
                    return new Bytes(bytes);
                }
                before = Optional.of(bytes);
            } catch (RuntimeException e) {
                failure = Optional.of(e); // whatever a half done change makes of the object
            } catch (IOException | LinkageError | AssertionError | StackOverflowError e) {
                // whatever the application's classes throw: every save would run into it again, and none would be done
                return unstorable(name, value, e);
            }
        }
        boolean changing = failure.isEmpty()
                || before.isPresent()
                || failure.filter(AttributeWriter::tellsOfChange).isPresent();
        if (!changing && !contested) {
            return unstorable(name, value, failure.orElseThrow());
        }
        report(
                name + "|busy",
                describe(name, value) + " was changed while it was serialized, " + ATTEMPTS
                        + " times; its last value stays in the store until it can be saved: "
                        + failure.map(String::valueOf).orElse("it came out different each time"));
        return changing ? new Busy() : new Failing();
    }

    private static boolean tellsOfChange(RuntimeException e) {
        return e instanceof ConcurrentModificationException || e instanceof IndexOutOfBoundsException;
    }

    private Unstorable unstorable(String name, Object value, Throwable e) {
        report(
                name + '|' + value.getClass().getName(),
                describe(name, value) + " is not replicated and would be lost with this node: " + reason(e));
        return new Unstorable();
    }

    private static String describe(String name, Object value) {
        return "attribute '" + name + "' of type " + value.getClass().getName();
    }

    /** A codec's own message says it all; what the application's classes throw may have none. */
    private static String reason(Throwable e) {
        return e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString();
    }

    /** Empty when this node cannot read the value; it stays in the record for a node that can. */
    Optional<Object> read(String name, byte[] bytes) {
        try {
            return Optional.of(codec.read(bytes));
        } catch (IOException | RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            report(
                    name,
                    "attribute '" + name + "' of an adopted session is absent on this node and kept in the store: "
                            + reason(e));
            return Optional.empty();
        }
    }

    /** A listener of the application's failed when the attribute of an adopted session was set or removed. */
    void refusedByListener(String name, Throwable e) {
        report(
                name + "|listener",
                "a listener failed at attribute '" + name + "' of an adopted session, which goes on without it: " + e);
    }

    /** An object was changed where it is: saved all the same, but only because every read of it is followed by a look. */
    void changedWithoutBeingSet(String name) {
        changedWithoutBeingSet.incrementAndGet();
        if (isNews(name + "|silent")) {
            LOG.log(
                    Level.INFO,
                    "attribute ''{0}'' was changed without setAttribute; it is saved, but other containers and libraries"
                            + " would lose it: call setAttribute after a change (then dirty=set saves the comparison)",
                    name);
        }
    }

    /** How often that was found. */
    long changesWithoutSet() {
        return changedWithoutBeingSet.get();
    }

    private boolean isNews(String key) {
        return reported.size() < MAX_REPORTED && reported.add(key);
    }

    private void report(String key, String message) {
        if (isNews(key)) {
            LOG.log(Level.WARNING, message);
        }
    }
}
