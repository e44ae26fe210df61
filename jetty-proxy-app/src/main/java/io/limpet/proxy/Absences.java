package io.limpet.proxy;

import io.limpet.proxy.node.ApplicationReport;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Applications that answered 404 when they themselves were asked for their status, though the node's others tell of them:
 * a container takes an application out of its map first, waits for the requests inside, two seconds in Tomcat, and ends
 * its filter then. For so long what the others tell of it is not believed.
 *
 * <p>Safe for any number of threads.
 */
final class Absences {

    /** Longer than a container waits; who is told of for longer is there, and its status is not to be reached. */
    static final Duration BELIEVED = Duration.ofSeconds(3);

    /** When a node that never told of it again is forgotten. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private record Place(Node node, String context) {}

    /** Since when, by {@link System#nanoTime}. */
    private final Map<Place, Long> since = new ConcurrentHashMap<>();

    /** It was not there. */
    void missed(Node node, String context, long nanoTime) {
        since.values().removeIf(at -> nanoTime - at > REMEMBERED.toNanos());
        since.putIfAbsent(new Place(node, context), nanoTime);
    }

    /** It has answered. */
    void met(Node node, String context) {
        since.remove(new Place(node, context));
    }

    /** What a node tells, but for the applications that are not there. */
    NodeReport corrected(Node node, NodeReport told, long nanoTime) {
        if (since.isEmpty()) {
            return told;
        }
        List<String> contexts =
                told.applications().stream().map(ApplicationReport::context).toList();
        since.keySet().removeIf(place -> place.node().equals(node) && !contexts.contains(place.context()));
        List<ApplicationReport> there = told.applications().stream()
                .filter(application -> !isAbsent(new Place(node, application.context()), nanoTime))
                .toList();
        // a list of none would be that of a node which does not tell
        return there.isEmpty() ? told : told.with(there);
    }

    private boolean isAbsent(Place place, long nanoTime) {
        Long at = since.get(place);
        return at != null && nanoTime - at <= BELIEVED.toNanos();
    }
}
