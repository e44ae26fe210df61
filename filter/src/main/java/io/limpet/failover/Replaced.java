package io.limpet.failover;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * When which attribute was replaced under the requests that work with it, because another node had owned the session
 * meanwhile. What such a request has read is out of date, and what it makes of that must not be written over the newer
 * value. Called with the session's lock held, but for {@link #count}.
 */
final class Replaced {

    private final Map<String, Long> last = new HashMap<>();
    private volatile long count;

    /** How many replacements there were so far. */
    long count() {
        return count;
    }

    void add(String name) {
        long next = count + 1;
        last.put(name, next);
        count = next;
    }

    boolean anyOf(Collection<String> names, long since) {
        return count > since && names.stream().anyMatch(name -> last.getOrDefault(name, 0L) > since);
    }
}
