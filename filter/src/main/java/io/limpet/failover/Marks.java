package io.limpet.failover;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Names of attributes that somebody has marked until they are taken. Anybody may mark and ask, at any time; one at a time
 * takes. What is marked while that goes on is taken now or the next time, never lost.
 */
final class Marks {

    private final Set<String> names = ConcurrentHashMap.newKeySet();

    /** By what the set counts of itself it may be empty while marks come and go at once, and it is long to look through. */
    private volatile boolean marked;

    void mark(String name) {
        names.add(name);
        marked = true; // behind it, also when another thread has just added the name: that one may not have come here
        // yet
    }

    /** Whether it is marked and not yet taken. */
    boolean contains(String name) {
        return names.contains(name);
    }

    /** Whether any is marked and not yet taken. */
    boolean areThere() {
        return marked;
    }

    /** Moves them all to others. */
    void takeInto(Set<String> others) {
        if (!marked) {
            return; // nearly always
        }
        marked = false; // first: whoever marks from here on is seen now or the next time
        names.removeIf(name -> {
            others.add(name);
            return true;
        });
    }
}
