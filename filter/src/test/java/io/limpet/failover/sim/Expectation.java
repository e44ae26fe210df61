package io.limpet.failover.sim;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.Pointer;
import java.util.Set;

/** What a request that arrives must find: taken when it arrives, and judged when it knows its session. */
final class Expectation {

    private final World world;
    private final String node;
    private final Account account;
    private final String id;
    private final int shape;
    private final Half half;
    private final Set<Integer> due;
    private final boolean dead;
    /** Another node has the session and this one does not know: it may show what it has. */
    private final boolean untold;

    Expectation(World world, String node, Account account, String id) {
        this.world = world;
        this.node = node;
        this.account = account;
        this.id = id;
        shape = world.cluster.shape;
        half = world.cluster.halfOf(node);
        Entry entry = half.entries.get(id);
        String key = entry instanceof Pointer pointer ? pointer.key() : id;
        due = half.ledger.acknowledged(key);
        dead = half.ledger.isDead(id);
        // an id that was given out before the store could be told does not lead to the key yet
        untold = world.cluster.isUntold(node, key)
                || account.ids.stream().anyMatch(other -> world.cluster.isUntold(node, other));
    }

    private boolean isJudged() {
        Task task = world.scheduler.current();
        boolean halfMerged = world.scenario.mayFork() && world.cluster.isMerging();
        return !halfMerged && shape == world.cluster.shape && task != null && !task.storeFailed;
    }

    void unavailable() {
        Task task = world.scheduler.current();
        boolean waitedInVain = task != null && task.waitedInVain;
        if (isJudged() && !waitedInVain && world.scenario.faults() == 0 && !world.scenario.splits()) {
            throw new Violation("session " + id + " was unavailable, but the store has answered");
        }
    }

    void nothing(Found found) {
        if (!isJudged() || id.isEmpty() || account.endAsked) {
            return;
        }
        due.removeAll(world.cluster.cleared);
        if (found == Found.ENDED && !world.mayForget()) {
            throw new Violation("session " + id + " was called ended, and nobody had ended it");
        }
        if (found == Found.NONE && !due.isEmpty()) {
            throw new Violation("session " + id + " was not found at " + node + ", but holds " + due);
        }
    }

    void session(Set<Integer> numbers) {
        // one that is about to be refused may have set its attribute for a moment
        if (!isJudged() || untold || world.scheduler.countOn(node) > 1) {
            return;
        }
        due.removeAll(world.cluster.cleared);
        if (dead) {
            throw new Violation("session " + id + " was ended, and " + node + " serves it");
        }
        if (!account.endAsked && !numbers.containsAll(due)) {
            throw new Violation("session " + id + " at " + node + " shows " + numbers + ", but holds " + due);
        }
    }
}
