package io.limpet.failover;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

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

    AttributeWriter(SessionCodec codec) {
        this.codec = codec;
    }

    /** Empty when the value cannot be stored; then the value that was stored before stays. */
    Optional<byte[]> write(String name, Object value) {
        String problem = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return Optional.of(codec.write(value));
            } catch (ConcurrentModificationException | IndexOutOfBoundsException e) {
                problem = "it was changed while it was serialized: " + e;
            } catch (IOException | RuntimeException e) {
                problem = String.valueOf(e.getMessage());
                break;
            }
        }
        report(
                name + '|' + value.getClass().getName(),
                "attribute '" + name + "' of type " + value.getClass().getName()
                        + " is not replicated and would be lost with this node: " + problem);
        return Optional.empty();
    }

    /** Empty when this node cannot read the value; it stays in the record for a node that can. */
    Optional<Object> read(String name, byte[] bytes) {
        try {
            return Optional.of(codec.read(bytes));
        } catch (IOException e) {
            report(
                    name,
                    "attribute '" + name + "' of an adopted session is absent on this node and kept in the store: "
                            + e.getMessage());
            return Optional.empty();
        }
    }

    private void report(String key, String message) {
        if (reported.size() < MAX_REPORTED && reported.add(key)) {
            LOG.log(Level.WARNING, message);
        }
    }
}
