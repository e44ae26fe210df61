package io.limpet.failover;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When which attribute was replaced under the requests that work with it, because another node had owned the session
 * meanwhile. What such a request has read is out of date, and what it makes of that must not be written over the newer
 * value. {@link #add} is called with the session's lock held.
 */
final class Replaced {

    private final Map<String, Long> last = new ConcurrentHashMap<>();
    /** Set anew by a request that knew only the value before: nobody may save that. */
    private final Set<String> tainted = ConcurrentHashMap.newKeySet();

    /** Holds the count, too. One for all requests between two replacements, as most touch nothing. */
    private volatile Touches untouched = Touches.none(0);

    /** Of a request that begins now: it knows of all replacements so far. */
    Touches untouched() {
        return untouched;
    }

    /** How many replacements there were so far. */
    long count() {
        return untouched.since();
    }

    void add(String name) {
        long next = count() + 1;
        last.put(name, next);
        untouched = Touches.none(next);
        tainted.remove(name);
    }

    /** A request sets the attribute that began when there were so many replacements. */
    void set(String name, long since) {
        if (last.getOrDefault(name, 0L) > since) {
            tainted.add(name);
        }
    }

    boolean isTainted(String name) {
        return tainted.contains(name);
    }

    /** What nobody may save. */
    Set<String> tainted() {
        return Set.copyOf(tainted);
    }

    /** Whether a request that began then, and works with these, works with values that are out of date. */
    boolean concerns(Collection<String> names, long since) {
        return !names.isEmpty() && (anyOf(names, since) || names.stream().anyMatch(tainted::contains));
    }

    private boolean anyOf(Collection<String> names, long since) {
        return count() > since && names.stream().anyMatch(name -> last.getOrDefault(name, 0L) > since);
    }
}
