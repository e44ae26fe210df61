package io.limpet.proxy.node;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one node has lately got of this proxy: since when, how many new sessions its
 * status does not tell of yet, and how many requests have failed there in a row. Any
 * number of threads may use it; all later snapshots share it.
 */
public final class Share {

    /** Of a node that was there before the proxy was, for all that is known: it needs no slow start. */
    private static final long ALWAYS = Long.MIN_VALUE;

    /** Longer than any slow start that is of use. */
    private static final Duration YOUNG = Duration.ofHours(1);

    /** It tells whole seconds, and an answer takes its time. */
    private static final Duration ROUNDED = Duration.ofSeconds(2);

    private final AtomicLong fresh = new AtomicLong();
    private final LiveCounts counts = new LiveCounts();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLong nextTurn = new AtomicLong(ALWAYS);
    private volatile long upSince;
    private volatile Set<String> emptied = Set.of();

    private Share(long upSince) {
        this.upSince = upSince;
    }

    /** Of a node that the proxy starts with. */
    public static Share ofOld() {
        return new Share(ALWAYS);
    }

    /**
     * Takes the next turn of those that are so far apart: a clock that runs ahead of time while many come (GCRA).
     *
     * @param burst for how long unused turns are kept
     * @return how far it is away; empty when further than the longest wait
     */
    OptionalLong turn(long now, long apart, long burst, long longest) {
        while (true) {
            long planned = nextTurn.get();
            // nano times may be negative, and are compared by their difference
            long turn = planned == ALWAYS || planned - (now - burst) < 0 ? now - burst : planned;
            if (turn - now > longest) {
                return OptionalLong.empty();
            }
            if (nextTurn.compareAndSet(planned, turn + apart)) {
                return OptionalLong.of(Math.max(0, turn - now));
            }
        }
    }

    /**
     * The node tells for how long it has been there. Nobody may have seen it come up: it may be as new as the proxy, or
     * have been restarted between two probes.
     */
    void foundUpFor(long seconds, long nanoTime) {
        if (seconds >= YOUNG.toSeconds()) {
            return;
        }
        long since = nanoTime - TimeUnit.SECONDS.toNanos(Math.max(0, seconds));
        if (upSince == ALWAYS || since - upSince > ROUNDED.toNanos()) {
            upSince = since;
        }
    }

    /** The node has come up. */
    public void cameUp(long nanoTime) {
        upSince = nanoTime;
    }

    /** For how long the node has been up, in nanoseconds; {@link Long#MAX_VALUE} when it always was. */
    public long upFor(long nanoTime) {
        long since = upSince;
        return since == ALWAYS ? Long.MAX_VALUE : Math.max(0, nanoTime - since);
    }

    /** The node has answered a request. */
    public void answered() {
        // every request comes by here, and most find nothing to do
        if (failures.get() != 0) {
            failures.set(0);
        }
    }

    /** A request has failed at the node: whether it makes a run of so many, which begins anew then. */
    boolean failed(int run) {
        return failures.accumulateAndGet(1, (before, one) -> before >= run ? one : before + one) == run;
    }

    /** A request goes to the node that will probably begin or adopt a session there. */
    public void took() {
        fresh.incrementAndGet();
    }

    /** The node has let a session go to another one. */
    public void gave() {
        fresh.decrementAndGet();
    }

    /** Drains of these context paths have ended with nothing left; empty: of the whole node. It holds when the node goes. */
    void emptied(Set<String> contexts) {
        emptied = contexts;
    }

    /**
     * Whether nothing was left on the node of the application that requests of this path are for.
     *
     * @param covered how many characters of the path are that application's context path, as the node told last; below 0
     *     when it told of none
     */
    boolean isEmptied(String path, int covered) {
        return emptied.stream()
                .filter(context -> context.isEmpty() || context.length() >= covered)
                .anyMatch(context -> Ordered.covers(context, path));
    }

    /** The node was down, and may be another run of it, whose clock and counts were set back. */
    void forgetCounts() {
        counts.reported(List.of());
    }

    /** The node's status has told how many sessions it has. */
    void reported(NodeReport report) {
        counts.reported(report.applications());
        fresh.set(0);
    }

    /**
     * An answer of the node has told how many sessions an application of it has.
     *
     * @return whether that is known now; not before the first status of it
     */
    public boolean told(String context, long sessions, long sequence) {
        boolean known = counts.hear(context, sessions, sequence);
        if (known && fresh.get() != 0) {
            fresh.set(0);
        }
        return known;
    }

    /** What the node has told last; what it has not told is empty. */
    LiveCounts counts() {
        return counts;
    }

    /** New sessions since it told how many it has, less those that have left. */
    public long fresh() {
        return fresh.get();
    }
}
