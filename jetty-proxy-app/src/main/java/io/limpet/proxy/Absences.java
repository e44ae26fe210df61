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
 * a container takes an application out of its map first, waits for the requests inside, and ends its filter then. For so
 * long what the others tell of it is not believed, but its own answer is.
 *
 * <p>Safe for any number of threads.
 */
final class Absences {

    /**
     * Longer than a container needs to end one without requests: who is told of for longer is there, and its status is not
     * to be reached.
     */
    static final Duration BELIEVED = Duration.ofSeconds(3);

    /**
     * Longer than containers are set to wait for requests. Only who has told its status is waited for so long: behind what
     * keeps its status to itself requests never end.
     */
    static final Duration LONGEST = Duration.ofMinutes(2);

    /** When a place that was asked no more is forgotten. */
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

    /**
     * By {@link System#nanoTime}.
     *
     * @param first when it was not there first
     * @param busy when it was last told to have requests inside, or the first time
     * @param last when it was not there last
     * @param holds whether what is told of it is not believed; never again once it was
     */
    private record Misses(long first, long busy, long last, boolean holds) {

        Misses told(long inFlight, boolean everMet, long now) {
            if (!holds) {
                return this;
            }
            return everMet && inFlight > 0 && now - first <= LONGEST.toNanos()
                    ? new Misses(first, now, last, true)
                    : new Misses(first, busy, last, now - busy <= BELIEVED.toNanos());
        }
    }

    private final Map<Place, Misses> misses = new ConcurrentHashMap<>();

    /** When it was asked last, of what has answered; by {@link System#nanoTime}. */
    private final Map<Place, Long> met = new ConcurrentHashMap<>();

    /**
     * It was not there. What was asked for before it answered another time is no news.
     *
     * @param asked when it was asked for, by {@link System#nanoTime}
     */
    void missed(Node node, String context, long asked) {
        Place place = Place.of(node, context);
        misses.values().removeIf(known -> asked - known.last() > REMEMBERED.toNanos());
        Long there = met.get(place);
        if (there != null && asked - there < 0) {
            return;
        }
        misses.merge(
                place,
                new Misses(asked, asked, asked, true),
                (known, now) -> new Misses(known.first(), known.busy(), now.last(), known.holds()));
    }

    /**
     * It has answered.
     *
     * @param asked when it was asked, by {@link System#nanoTime}
     */
    void met(Node node, String context, long asked) {
        Place place = Place.of(node, context);
        met.values().removeIf(there -> asked - there > REMEMBERED.toNanos());
        met.merge(place, asked, (known, now) -> now - known > 0 ? now : known);
        misses.computeIfPresent(place, (same, known) -> known.last() - asked > 0 ? known : null);
    }

    /** The context paths of those of which the node tells in vain: they may be back at any moment. */
    List<String> doubted(Node node) {
        return misses.isEmpty()
                ? List.of()
                : misses.entrySet().stream()
                        .filter(entry ->
                                entry.getKey().isOf(node) && entry.getValue().holds())
                        .map(entry -> entry.getKey().context())
                        .toList();
    }

    /** What a node tells, but for the applications that are not there. */
    NodeReport corrected(Node node, NodeReport told, long nanoTime) {
        if (misses.isEmpty()) {
            return told;
        }
        List<String> contexts =
                told.applications().stream().map(ApplicationReport::context).toList();
        misses.keySet().removeIf(place -> place.isOf(node) && !contexts.contains(place.context()));
        List<ApplicationReport> absent = told.applications().stream()
                .filter(application -> isAbsent(node, application, nanoTime))
                .toList();
        // a list of none would be that of a node which does not tell
        return absent.size() == contexts.size() ? told : told.ending(absent);
    }

    private boolean isAbsent(Node node, ApplicationReport told, long nanoTime) {
        Misses known = misses.computeIfPresent(
                Place.of(node, told.context()),
                (place, before) -> before.told(told.inFlight(), met.containsKey(place), nanoTime));
        return known != null && known.holds();
    }
}
