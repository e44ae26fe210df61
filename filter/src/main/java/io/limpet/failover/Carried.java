package io.limpet.failover;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was carried over from a session that was left into the one that it became, by any of its requests, also for
 * others: each of them is told when its change did not last until it was saved.
 */
final class Carried {

    private record Sign(Replaced there, long since) {}

    private final Map<String, Sign> last = new ConcurrentHashMap<>();

    /** Called with the locks of both sessions held. */
    void add(Set<String> names, Replaced there) {
        Sign now = new Sign(there, there.count());
        names.forEach(name -> last.put(name, now));
    }

    /** Whether one of these has been replaced where it was carried to, by the value of another node. */
    boolean hasLostAnyOf(Collection<String> names) {
        return names.stream().anyMatch(name -> {
            Sign sign = last.get(name);
            return sign != null && sign.there.concerns(Set.of(name), sign.since);
        });
    }
}
