package io.limpet.failover;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Work that no request waits for: saves that the store did not take in time, and sessions that the container ended on
 * its own. One thread does it; any thread may add to it.
 *
 * <p>A session that the container ends before its time, on a thread where no request is at work, may be one that a task
 * of the application has invalidated past the filter, or the container may be stopping: Jetty and Undertow then
 * invalidate every session before they tell the filter, which other filters that end slowly may keep from it for long.
 * Such an end therefore waits, while the node drains it goes on waiting, and it is dropped when the filter is closed
 * meanwhile. On this node the session is dead at once.
 */
final class Backlog {

    private static final Logger LOG = System.getLogger(Backlog.class.getName());
    private static final long PERIOD_MILLIS = 500;

    /** A container that takes longer for a stop which nobody has announced ends its sessions in the cluster, too. */
    private static final long END_DELAY_MILLIS = 60_000;

    private static final long CLOSE_MILLIS = 10_000;

    /** How what is queued is saved. */
    interface Saves {

        /** Saves a session again, and adds it here again when that fails. */
        SaveOutcome save(Shadow shadow);

        /** Who is silent when this session is not saved: the others of theirs need not be tried in the same round. */
        default Object keepers(Shadow shadow) {
            return shadow;
        }
    }

    /** How a session ends that the application has ended. */
    interface End {

        /**
         * Ends it in the store.
         *
         * @param longestMove how long to wait for a session that is on its way into another one; zero on the one thread
         *     that ends all of them, which comes again soon
         * @throws StoreUnavailableException when it has to be tried again
         */
        void end(Duration longestMove);
    }

    private enum Cause {
        /** It may be the container's stop. */
        UNKNOWN,
        /** Its time was out, and is so for every node; if it is never told, the store forgets it all the same. */
        TIMEOUT,
        /** The application's word. */
        APPLICATION
    }

    private record DueEnd(Set<String> names, End end, long dueAt, Cause cause) {
        boolean isCertain() {
            return cause == Cause.APPLICATION;
        }
    }

    /** In the order in which they were queued, each with a token of that time; guarded by itself. */
    private final Map<Shadow, Object> unsaved = Collections.synchronizedMap(new LinkedHashMap<>());

    private final Queue<Runnable> chores = new ConcurrentLinkedQueue<>();
    private final Map<String, DueEnd> ends = new ConcurrentHashMap<>();
    private final Clock clock;
    private final Saves saves;
    private final Runnable search;
    private final Runnable endOfWork;
    private volatile BooleanSupplier leaving = () -> false;

    /**
     * Begins to work.
     *
     * @param search adds what has to be saved although nobody has changed it; does not throw
     */
    Backlog(Clock clock, Saves saves, Runnable search, Threads threads) {
        this.clock = clock;
        this.saves = saves;
        this.search = search;
        this.endOfWork = threads.repeat("limpet-backlog", PERIOD_MILLIS, this::work);
    }

    /** Whether the store knows of all that the application did. */
    boolean isEmpty() {
        return unsaved.isEmpty() && ends.values().stream().noneMatch(DueEnd::isCertain);
    }

    /** @param soon whether the node is about to stop */
    void leavingWhen(BooleanSupplier soon) {
        leaving = soon;
    }

    void saveLater(Shadow shadow) {
        synchronized (unsaved) {
            unsaved.remove(shadow); // to the end: one that fails again and again keeps no other from being saved
            unsaved.put(shadow, new Object());
        }
    }

    /** Something that is no matter of the store, and may run listeners of the application. */
    void doSoon(Runnable chore) {
        chores.add(chore);
    }

    void forget(Shadow shadow) {
        unsaved.remove(shadow);
    }

    /** The container ended it before its time: dead on this node at once, in the store unless the container is stopping. */
    void endSoon(Set<String> names, Runnable end) {
        add(new DueEnd(names, longestMove -> end.run(), clock.millis() + END_DELAY_MILLIS, Cause.UNKNOWN));
    }

    /** Its time was out. */
    void timedOut(Set<String> names, Runnable end) {
        add(new DueEnd(names, longestMove -> end.run(), clock.millis(), Cause.TIMEOUT));
    }

    /**
     * The application ended it past the filter: at once, or when the store does not answer, tried until it does.
     *
     * @param longestMove how long to wait now for a session that is on its way into another one
     * @return whether it is ended
     */
    boolean endNow(Set<String> names, Duration longestMove, End end) {
        DueEnd due = new DueEnd(names, end, clock.millis(), Cause.APPLICATION);
        add(due); // first: nobody shall adopt it meanwhile
        return forgetIfEnded(due, longestMove);
    }

    /** The application ended it, but the store did not answer: tried until it does. */
    void endAgain(Set<String> names, End end) {
        add(new DueEnd(names, end, clock.millis(), Cause.APPLICATION));
    }

    private void add(DueEnd due) {
        due.names().forEach(name -> ends.merge(name, due, (old, fresh) -> old.isCertain() ? old : fresh));
    }

    boolean isEnding(String sessionId) {
        return ends.containsKey(sessionId);
    }

    private void work() {
        // ends first: a session that should be dead is worse than one that is saved late
        dueNow().forEach(due -> forgetIfEnded(due, Duration.ZERO));
        doChores();
        search.run();
        saveAgain(Round.SPARING, Long.MAX_VALUE);
    }

    private boolean forgetIfEnded(DueEnd due, Duration longestMove) {
        boolean ended = isEnded(due, longestMove);
        if (ended) {
            due.names().forEach(name -> ends.remove(name, due));
        }
        return ended;
    }

    private void doChores() {
        for (Runnable chore = chores.poll(); chore != null; chore = chores.poll()) {
            try {
                chore.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Level.WARNING, "a session cannot be marked as moved", e);
            }
        }
    }

    private Set<DueEnd> dueNow() {
        long now = clock.millis();
        boolean stays = !leaving.getAsBoolean();
        return ends.values().stream()
                .filter(due -> due.dueAt() <= now && (stays || due.cause() != Cause.UNKNOWN))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static boolean isEnded(DueEnd due, Duration longestMove) {
        try {
            due.end().end(longestMove);
            return true;
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "the store is still unavailable; trying again", e);
        } catch (RuntimeException | Error e) { // it must not keep the others from the store
            LOG.log(Level.WARNING, "ending a session in the store failed; trying again", e);
        }
        return false;
    }

    private enum Round {
        /** Whose members are silent is for another time: each would wait for its time-out. */
        SPARING,
        /** There is no other time, and one that is not taken says nothing of the others. */
        LAST
    }

    private void saveAgain(Round round, long deadline) {
        Set<Object> silent = new HashSet<>();
        for (Map.Entry<Shadow, Object> queued : queued().entrySet()) {
            Shadow shadow = queued.getKey();
            Object keepers = saves.keepers(shadow);
            if (round == Round.SPARING && silent.contains(keepers)) {
                continue;
            }
            try {
                SaveOutcome outcome = saves.save(shadow);
                if (outcome == SaveOutcome.QUEUED || outcome == SaveOutcome.REJECTED) {
                    silent.add(keepers);
                }
            } catch (RuntimeException | Error e) { // of a class of the application, perhaps
                saveLater(shadow);
                LOG.log(Level.WARNING, "saving a session in the background failed; trying again", e);
            }
            unsaved.remove(shadow, queued.getValue()); // unless it was queued again meanwhile
            if (clock.millis() > deadline) {
                return;
            }
        }
    }

    private Map<Shadow, Object> queued() {
        synchronized (unsaved) {
            return new LinkedHashMap<>(unsaved);
        }
    }

    /** Saves and ends what is left, once; what the container ended may just as well be its own stop, and is left alone. */
    void close() {
        endOfWork.run();
        endAtLast(clock.millis() + CLOSE_MILLIS);
        saveAgain(Round.LAST, clock.millis() + CLOSE_MILLIS);
        if (!unsaved.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "{0} sessions have changes that the store did not take; they are lost with this node",
                    unsaved.size());
        }
    }

    private void endAtLast(long deadline) {
        Set<DueEnd> certain = new LinkedHashSet<>(ends.values());
        certain.removeIf(due -> !due.isCertain() || (clock.millis() <= deadline && isEnded(due, Moving.LONGEST_MOVE)));
        if (!certain.isEmpty()) {
            LOG.log(
                    Level.ERROR,
                    "{0} sessions that were invalidated may come back on other nodes: the store did not take their end",
                    certain.size());
        }
    }
}
