package io.limpet.failover;

import java.io.InvalidObjectException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * How large a value would be if nothing in it were there twice. Whoever hashes or compares collections walks all of that,
 * and a stream of some hundred bytes can hold sets of sets of sets that take years: a set hashes what it is given while it
 * is read. So each collection is measured as soon as it is read, before it is put anywhere.
 *
 * <p>Only the JDK's own are looked into: what classes of the application do when they are read or hashed is theirs. For
 * one thread, and one value.
 */
final class Unfolding {

    private static final Logger LOG = System.getLogger(Unfolding.class.getName());

    /** As many elements as the longest array may have: some tenths of a second to walk. */
    private static final long MOST = AllowedClasses.MAX_ARRAY;

    /** Of what has more than itself. */
    private final IdentityHashMap<Object, Long> sizes = new IdentityHashMap<>();

    private long walked;

    /**
     * Measures what has just been read, all that is in it being read before.
     *
     * @throws InvalidObjectException when it would be too large
     */
    void measure(Object read) throws InvalidObjectException {
        if (read.getClass().getClassLoader() != null) {
            return;
        }
        try {
            long size = sizeOf(read);
            if (size > 1) {
                sizes.put(read, size);
            }
        } catch (RuntimeException e) {
            // what it wraps is of the application, and cannot be walked here and now
            LOG.log(Level.DEBUG, "a collection of a session cannot be measured", e);
        }
    }

    private long sizeOf(Object read) throws InvalidObjectException {
        long size = 1;
        if (read instanceof Collection<?> collection) {
            for (Object element : collection) {
                size = sum(size, element);
            }
        } else if (read instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size = sum(sum(size, entry.getKey()), entry.getValue());
            }
        } else if (read instanceof Map.Entry<?, ?> entry) {
            size = sum(sum(size, entry.getKey()), entry.getValue());
        }
        return size;
    }

    private long sum(long size, Object part) throws InvalidObjectException {
        walked++;
        long sum = size + sizes.getOrDefault(part, 1L);
        if (sum > MOST || walked > MOST) {
            throw new InvalidObjectException("collections in collections with more than " + MOST + " elements in all");
        }
        return sum;
    }
}
