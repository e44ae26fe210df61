package io.limpet.failover.sim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs one task at a time, chosen by the seed, until it waits for the store or for a lock. Not thread-safe: whoever has the
 * turn calls it.
 */
final class Scheduler {

    private final SplittableRandom random;
    private final Workers workers;
    private final Map<Task, Thread> tasks = new LinkedHashMap<>();
    private @Nullable Task current;
    long steps;

    Scheduler(SplittableRandom random, Workers workers) {
        this.random = random;
        this.workers = workers;
    }

    void start(Task task) {
        tasks.put(task, workers.begin(task::live));
    }

    /** The task that has the turn; null for the simulation itself. */
    @Nullable
    Task current() {
        return current;
    }

    /** The task that has the turn waits; the simulation itself never does. */
    void pause() {
        Task task = current;
        if (task != null) {
            task.pause();
        }
    }

    /** Lets one of these go on; answers false when none can. */
    boolean step(Predicate<Task> chosen) {
        List<Task> able = tasks.keySet().stream()
                .filter(task -> chosen.test(task) && (task.isRunnable() || (task.impatient && random.nextInt(30) == 0)))
                .toList();
        if (able.isEmpty()) {
            return false;
        }
        run(able.get(random.nextInt(able.size())));
        return true;
    }

    private void run(Task task) {
        steps++;
        Thread thread = tasks.get(task);
        if (thread == null) {
            throw new IllegalStateException("not started: " + task.name);
        }
        Task before = current;
        current = task;
        try {
            task.go(thread);
        } finally {
            current = before;
            if (task.isDone()) {
                tasks.remove(task);
                workers.done(thread);
            }
        }
    }

    /** Ends these, each where it is. */
    void kill(Predicate<Task> chosen) {
        for (Task task : tasks.keySet().stream().filter(chosen).toList()) {
            task.kill();
            for (int i = 0; i < 100 && !task.isDone(); i++) {
                run(task);
            }
        }
    }

    /** It found a lock taken for too long; so did in the end who waits for what it finds. */
    void waitedInVain(Task task) {
        task.waitedInVain = true;
        tasks.keySet().stream()
                .filter(other -> other.node.equals(task.node) && other.waitsFor != null)
                .forEach(other -> other.waitedInVain = true);
    }

    boolean isBusy(String node) {
        return tasks.keySet().stream().anyMatch(task -> task.node.equals(node));
    }

    long countOn(String node) {
        return tasks.keySet().stream().filter(task -> task.node.equals(node)).count();
    }

    int size() {
        return tasks.size();
    }
}
