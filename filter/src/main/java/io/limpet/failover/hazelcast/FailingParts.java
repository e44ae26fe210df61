package io.limpet.failover.hazelcast;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The parts of the store whose last answer was none, and those that are doubted with them. A member that hangs silences
 * as many parts as keep something there, for a client some hundred partitions: so when several are silent, no request
 * waits any more for one that has not acknowledged a write since. They are all asked in the background, and given a quarter
 * of a time-out: who is well has said so within milliseconds.
 *
 * <p>Safe for use by any number of threads. Flips are logged, not every failure. What fails, is silent and is doubted
 * changes under one lock, or the last part that is well again would take back a doubt that has just begun, and an
 * acknowledgement a failure that has just been noted; while nothing fails nobody takes it.
 */
final class FailingParts {

    private static final Logger log = System.getLogger(FailingParts.class.getName());

    /** One or two may be one session's or one backup's trouble. */
    private static final int SEVERAL = 3;

    /** As many fates as there are partitions, or pairs of members, and those of addresses that are gone. */
    private static final int MOST = 10_000;

    /** What waits for the same members and is about as long. */
    record Part(Object fate, SizeClass size) {
        Part(Object fate, int bytes) {
            this(fate, SizeClass.of(bytes));
        }

        /** The same members' for this length and whatever is shorter. */
        Stream<Part> andShorter() {
            return EnumSet.range(SizeClass.SMALL, size).stream().map(each -> new Part(fate, each));
        }
    }

    /** What to ask a part for, and whether nobody is to wait for it because others are silent. */
    private record Example(String key, int bytes, boolean doubted) {
        /** The newer of two equal ones: its key is the likelier to be kept there still. */
        Example orLonger(Example newer) {
            Example longer = bytes > newer.bytes ? this : newer;
            return new Example(longer.key, longer.bytes, doubted || newer.doubted);
        }
    }

    /** Who is to know that a part is well again, before anybody else is told. */
    interface Recovery {
        void well(Part part, String key);
    }

    private final Entries entries;
    private final long timeoutNanos;
    private final LongSupplier nanoTime;
    private final Supplier<CompletionStage<?>> proof;
    private final Recovery recovery;

    private final Object transitions = new Object();

    private final Map<Part, Example> failing = new ConcurrentHashMap<>();

    /** Who is being asked again, so that a member that hangs is not asked ever more often. */
    private final Set<Part> asked = ConcurrentHashMap.newKeySet();

    /** Whom a call has waited for in vain since the last acknowledgement. */
    private final Set<Object> silent = ConcurrentHashMap.newKeySet();

    /** By fate, a key of each that anybody has asked for. */
    private final Map<Object, String> known = new ConcurrentHashMap<>();

    /** Several were silent, and not all have acknowledged a write since. */
    private volatile boolean doubted;

    /** When those who are well have had the time to say so; until then nobody is refused for a doubt. */
    private volatile long decidedAt;

    /** @param proof what must be true besides for an answer to count */
    FailingParts(
            Entries entries,
            Duration timeout,
            LongSupplier nanoTime,
            Supplier<CompletionStage<?>> proof,
            Recovery recovery) {
        this.entries = entries;
        this.timeoutNanos = timeout.toNanos();
        this.nanoTime = nanoTime;
        this.proof = proof;
        this.recovery = recovery;
    }

    boolean isEmpty() {
        return failing.isEmpty();
    }

    /** @throws StoreUnavailableException when several parts are silent and this one may be */
    void refuseDoubted(Part part, String key) {
        boolean first = isFirst(part.fate(), key);
        if (!doubted) {
            return;
        }
        if (first) {
            synchronized (transitions) {
                if (doubted) {
                    doubt(part.fate(), key);
                }
            }
            askAgain();
        }
        if (maybeSilent(part) && nanoTime.getAsLong() - decidedAt >= 0) {
            throw new StoreUnavailableException("several members that keep sessions are silent, and those of this one"
                    + " have acknowledged nothing since; see whether one hangs");
        }
    }

    private boolean isFirst(Object fate, String key) {
        if (known.containsKey(fate)) {
            return false; // as for nearly every call
        }
        if (known.size() > MOST) {
            known.clear();
        }
        return known.putIfAbsent(fate, key) == null;
    }

    /** One that has only failed, at once, is left to its own breaker: to refuse it would spare nobody a wait. */
    private boolean maybeSilent(Part part) {
        return part.andShorter()
                .flatMap(it -> Optional.ofNullable(failing.get(it)).stream())
                .anyMatch(example -> example.doubted() || silent.contains(part.fate()));
    }

    /**
     * A call was not answered.
     *
     * @param bytes how long it was
     * @param nanos how long it took
     */
    void failed(String key, Part part, int bytes, long nanos, String why) {
        boolean begins = false;
        synchronized (transitions) {
            boolean first = failing.isEmpty();
            int probed = Math.min(bytes, SizeClass.LONGEST_PROBE);
            failing.merge(part, new Example(key, probed, false), Example::orLonger);
            if (first) {
                log.log(Level.WARNING, "the store is degraded: {0}", why);
            }
            if (nanos >= timeoutNanos / 2 && silent.add(part.fate()) && silent.size() >= SEVERAL && !doubted) {
                doubtAll();
                begins = true;
            }
        }
        if (begins) {
            askAgain();
        }
    }

    /** Under the lock. */
    private void doubtAll() {
        log.log(Level.WARNING, "several members that keep sessions are silent; no request waits for those that may be");
        decidedAt = nanoTime.getAsLong() + timeoutNanos / 4;
        doubted = true; // first: who is asked for from here on doubts itself
        known.forEach((fate, key) -> {
            if (entries.fate(key).equals(fate)) {
                doubt(fate, key);
            } else {
                known.remove(fate, key); // others keep the key by now: its answer would be no word of these
            }
        });
    }

    private void doubt(Object fate, String key) {
        failing.merge(new Part(fate, SizeClass.SMALL), new Example(key, 0, true), Example::orLonger);
    }

    /** A write that was as long as this was acknowledged: what is shorter would be, too. */
    void acknowledged(Part part) {
        if (failing.isEmpty()) {
            return; // most changes: nothing to tell
        }
        synchronized (transitions) {
            part.andShorter().forEach(this::failsNoMore);
        }
    }

    private void failsNoMore(Part part) {
        Example example = failing.get(part);
        if (example == null) {
            return;
        }
        recovery.well(part, example.key()); // first they are asked again, then the status may say that all is well
        failing.remove(part);
        if (new Part(part.fate(), SizeClass.HUGE).andShorter().noneMatch(failing::containsKey)) {
            silent.remove(part.fate());
        }
        if (failing.isEmpty()) {
            doubted = false;
            log.log(Level.INFO, "the store answers again");
        }
    }

    /** Others keep what it was asked for by now, whose answer would be no word of theirs, nor their silence. */
    private boolean hasMoved(Part part, Example example) {
        Object now = entries.fate(example.key());
        if (now.equals(part.fate()) || now.equals(Keepers.NOBODY)) {
            return false; // or nobody knows: a client that is not connected
        }
        synchronized (transitions) {
            if (example.equals(failing.get(part))) {
                failsNoMore(part);
            }
        }
        return true;
    }

    /** Asks those again that did not answer, so that a node without requests notices, too, when they are back. Does not block. */
    void askAgain() {
        failing.forEach((part, example) -> {
            if (!hasMoved(part, example) && asked.add(part)) {
                long begun = nanoTime.getAsLong();
                try {
                    entries.probe(example.key(), example.bytes())
                            .thenCompose(answer -> proof.get())
                            .thenRun(() -> probed(part, begun))
                            .whenComplete((done, failure) -> asked.remove(part));
                } catch (RuntimeException e) {
                    asked.remove(part);
                    log.log(Level.DEBUG, "the store still refuses", e);
                }
            }
        });
    }

    /** Servers that are configured so acknowledge for a silent backup in the end; requests do not wait that long. */
    private void probed(Part part, long begun) {
        if (nanoTime.getAsLong() - begun < timeoutNanos) {
            acknowledged(part);
        }
    }
}
