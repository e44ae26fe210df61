package io.limpet.proxy;

import io.limpet.proxy.node.ApplicationReport;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
import io.limpet.route.Route;
import java.net.URI;
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

    /** Of a node, whatever its weight or state. */
    private record Place(Route route, URI uri, String context) {
        static Place of(Node node, String context) {
            return new Place(node.route(), node.uri(), context);
        }

        boolean isOf(Node node) {
            return route.equals(node.route()) && uri.equals(node.uri());
        }
    }

    /** By {@link System#nanoTime}. */
    private record Misses(long first, long last) {}

    private final Map<Place, Misses> misses = new ConcurrentHashMap<>();

    /** It was not there. */
    void missed(Node node, String context, long nanoTime) {
        misses.values().removeIf(known -> nanoTime - known.last() > REMEMBERED.toNanos());
        misses.merge(
                Place.of(node, context),
                new Misses(nanoTime, nanoTime),
                (known, now) -> new Misses(known.first(), now.last()));
    }

    /** It has answered. */
    void met(Node node, String context) {
        misses.remove(Place.of(node, context));
    }

    /** What a node tells, but for the applications that are not there. */
    NodeReport corrected(Node node, NodeReport told, long nanoTime) {
        if (misses.isEmpty()) {
            return told;
        }
        List<String> contexts =
                told.applications().stream().map(ApplicationReport::context).toList();
        misses.keySet().removeIf(place -> place.isOf(node) && !contexts.contains(place.context()));
        List<ApplicationReport> there = told.applications().stream()
                .filter(application -> !isAbsent(Place.of(node, application.context()), nanoTime))
                .toList();
        // a list of none would be that of a node which does not tell
        return there.isEmpty() ? told : told.with(there);
    }

    private boolean isAbsent(Place place, long nanoTime) {
        Misses known = misses.get(place);
        return known != null && nanoTime - known.first() <= BELIEVED.toNanos();
    }
}
