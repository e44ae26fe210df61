package io.limpet.proxy.rebalance;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.SessionId;
import io.limpet.route.Route;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Sessions that were moved a moment ago, by the id that they had, so that requests which were sent with it meanwhile go
 * the same way; and how many requests each session has under way, since one that is in use is not moved.
 *
 * <p>Safe for any number of threads. Its memory is bounded: the requests of several sessions may share a counter, and then
 * one of them stays where it is for the moment.
 */
public final class Moves {

    /** Longer than requests with the old cookie are on their way. */
    static final Duration REMEMBERED = Duration.ofSeconds(30);

    /** At the highest rate; who would be one more stays. */
    static final int MOST = 30_000;

    private static final int COUNTERS = 1 << 14;

    private record Move(String session, Route to, long at) {}

    private final Map<String, Move> moves = new ConcurrentHashMap<>();
    private final Queue<Move> oldestFirst = new ArrayDeque<>();
    private final AtomicIntegerArray underWay = new AtomicIntegerArray(COUNTERS);

    private static int counter(String session) {
        int hash = session.hashCode();
        return (hash ^ (hash >>> 16)) & (COUNTERS - 1);
    }

    /** A request of the session has come. Each one must {@link #leave} once. */
    public void enter(String session) {
        underWay.incrementAndGet(counter(session));
    }

    /** A request of the session is over. */
    public void leave(String session) {
        underWay.decrementAndGet(counter(session));
    }

    /** Whether the one request of the session that has entered and asks is the only one. */
    public boolean isAlone(String session) {
        return underWay.get(counter(session)) == 1;
    }

    /**
     * The session goes there from now on, unless another request of it is under way: that one has seen it at its old node.
     *
     * @return whether it goes
     */
    public synchronized boolean begin(String session, Route to, long nanoTime) {
        if (!remember(new Move(session, to, nanoTime))) {
            return false;
        }
        // in this order: whoever enters from here on finds the move, and whoever came before is counted; who does both
        // is
        // counted, and finds it only behind this, if at all
        if (isAlone(session)) {
            return true;
        }
        forget(session);
        return false;
    }

    private boolean remember(Move move) {
        for (Move oldest = oldestFirst.peek();
                oldest != null && move.at() - oldest.at() > REMEMBERED.toNanos();
                oldest = oldestFirst.peek()) {
            moves.remove(oldest.session(), oldest);
            oldestFirst.remove();
        }
        if (oldestFirst.size() >= MOST) {
            return false;
        }
        oldestFirst.add(move);
        moves.put(move.session(), move);
        return true;
    }

    /** Where a session went that had this id until a moment ago. */
    public Optional<Route> where(String session, long nanoTime) {
        // before all else, and without the lock: nearly always there is none
        return moves.containsKey(session) ? whereLocked(session, nanoTime) : Optional.empty();
    }

    private synchronized Optional<Route> whereLocked(String session, long nanoTime) {
        return Optional.ofNullable(moves.get(session))
                .filter(move -> nanoTime - move.at() <= REMEMBERED.toNanos())
                .map(Move::to);
    }

    /** The choice, or another one for a session that went to a node which is there and was not tried. */
    public Choice followed(Choice chosen, Nodes nodes, Collection<Route> tried, long nanoTime) {
        if (!(chosen instanceof Choice.Owner || chosen instanceof Choice.Takeover)
                || !(chosen instanceof Choice.Served served)
                || served.session().carrier() != SessionId.Carrier.COOKIE) {
            return chosen;
        }
        Route from = served instanceof Choice.Takeover takeover
                ? takeover.lostOwner()
                : served.node().route();
        return where(served.session().value(), nanoTime)
                .filter(to -> !served.node().route().equals(to) && !tried.contains(to))
                .flatMap(nodes::named)
                .filter(member -> member.state().takesItsOwnSessions())
                .<Choice>map(member -> new Choice.Rebalanced(member, served.session(), from))
                .orElse(chosen);
    }

    /** It did not go there. */
    public void forget(String session) {
        moves.remove(session);
    }
}
