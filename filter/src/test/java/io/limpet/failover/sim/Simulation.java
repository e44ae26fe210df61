package io.limpet.failover.sim;

import io.limpet.failover.FakeSession;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** One run: a seed decides everything, so that what went wrong can be seen again. */
final class Simulation {

    private static final int STEPS = 400;
    private static final int MOST_TASKS = 5;

    private final SplittableRandom random;
    private final World world;
    private final Scheduler scheduler;
    private final Cluster cluster;
    private final Coverage coverage;
    private final Trace trace;
    private final Reach reach;

    private Simulation(long seed, Defect defect, Reach reach, Workers workers, Coverage coverage, Trace trace) {
        this.trace = trace;
        this.reach = reach;
        this.random = new SplittableRandom(seed);
        this.coverage = coverage;
        this.world = new World(random.split(), Scenario.of(random, defect), workers, coverage, trace);
        this.scheduler = world.scheduler;
        this.cluster = world.cluster;
    }

    /** @throws Violation when a promise was broken; its message names the seed */
    static void run(long seed, Defect defect, Reach reach, Workers workers, Coverage coverage, Trace trace) {
        Simulation simulation = new Simulation(seed, defect, reach, workers, coverage, trace);
        try {
            simulation.play();
            simulation.settle();
        } catch (Violation e) {
            throw new Violation(
                    "seed " + seed + " " + reach + " (" + simulation.world.scenario + "), step "
                            + simulation.scheduler.steps + ": " + e.getMessage() + "\n  " + trace,
                    e);
        } finally {
            simulation.scheduler.kill(task -> true);
            coverage.steps += simulation.scheduler.steps;
            coverage.runs++;
        }
    }

    private void play() {
        for (int i = 0; i < STEPS; i++) {
            if (random.nextInt(100) < 4) {
                trouble();
            } else if (random.nextInt(100) < 12) {
                request();
            } else if (cluster.hasMessages() && random.nextInt(10) == 0) {
                cluster.deliverOne();
            } else if (cluster.isMerging() && random.nextInt(4) == 0) {
                cluster.mergeOne();
            } else if (!scheduler.step(task -> !isFrozen(task.node))) {
                request();
            }
        }
    }

    private boolean isFrozen(String node) {
        SimNode it = world.nodes.get(node);
        return it != null && it.frozen;
    }

    private List<SimNode> awake() {
        return world.nodes.values().stream().filter(node -> !node.frozen).toList();
    }

    /** Mostly to the node that the client's route names; sometimes proxies disagree, or that node is gone. */
    private void request() {
        List<SimNode> able = awake();
        if (able.isEmpty() || scheduler.size() >= MOST_TASKS) {
            scheduler.step(task -> !isFrozen(task.node));
            return;
        }
        Client client = world.clients.get(random.nextInt(world.clients.size()));
        SimNode anyone = able.get(random.nextInt(able.size()));
        SimNode owner = world.nodes.getOrDefault(client.route, anyone);
        world.request(client, owner.frozen || random.nextInt(4) == 0 ? anyone : owner);
    }

    private void trouble() {
        List<SimNode> nodes = List.copyOf(world.nodes.values());
        SimNode node = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(reach == Reach.FIRST ? 8 : 11)) {
            case 0 -> kill(node);
            case 1 -> stop(node);
            case 2 -> freeze(node);
            case 3, 4 -> wake(node);
            case 5 -> splitOrMerge(Set.of(node.name));
            case 8 -> splitOrMerge(someOf(nodes));
            case 9 -> killInAHalf(node);
            case 10 -> letGo(node);
            default -> backlog(node);
        }
    }

    /** Half of them. */
    private Set<String> someOf(List<SimNode> nodes) {
        Set<String> some = new TreeSet<>();
        int first = random.nextInt(nodes.size());
        for (int i = 0; i < nodes.size() / 2; i++) {
            some.add(nodes.get((first + i) % nodes.size()).name);
        }
        return some;
    }

    /** Its half has copied everything by then, and it comes back where its network is. */
    private void killInAHalf(SimNode node) {
        Half half = cluster.halfOf(node.name);
        if (cluster.halves.size() < 2 || cluster.isMerging() || half.members.size() < 2) {
            return;
        }
        count("kill in a half", node.name);
        scheduler.kill(task -> task.node.equals(node.name));
        world.nodes.remove(node.name);
        cluster.leave(node.name);
        cluster.stores.remove(node.name);
        world.boot(node.name, half);
    }

    /** A proxy would rather have a session of this node elsewhere. */
    private void letGo(SimNode node) {
        List<FakeSession> sessions = List.copyOf(node.sessions.values());
        if (sessions.isEmpty() || node.frozen || scheduler.size() >= MOST_TASKS) {
            return;
        }
        FakeSession session = sessions.get(random.nextInt(sessions.size()));
        scheduler.start(new Task(node.name, "rebalance@" + node.name, () -> {
            if (node.failover.rebalance().letsGo(session)) {
                count("letsGo", session.getId());
            }
        }));
    }

    private void count(String event, String who) {
        trace.add(() -> scheduler.steps + " " + event + " " + who);
        coverage.events.merge(event, 1L, Long::sum);
    }

    /** Never while a copy may be the only one. */
    private void kill(SimNode node) {
        if (!cluster.isWhole() || world.nodes.size() < 2) {
            return;
        }
        count("kill", node.name);
        scheduler.kill(task -> task.node.equals(node.name));
        world.nodes.remove(node.name);
        cluster.leave(node.name);
        cluster.stores.remove(node.name);
        world.boot(node.name); // another process with its name
    }

    /** Jetty and Undertow end all sessions before they tell the filter. */
    private void stop(SimNode node) {
        if (!cluster.isWhole() || world.nodes.size() < 2 || node.frozen || scheduler.isBusy(node.name)) {
            return;
        }
        count("stop", node.name);
        List.copyOf(node.sessions.values()).forEach(session -> session.invalidate());
        node.failover.close();
        world.nodes.remove(node.name);
        cluster.leave(node.name);
        cluster.stores.remove(node.name);
        world.boot(node.name);
    }

    private void freeze(SimNode node) {
        if (awake().size() > 1 && !node.frozen) {
            count("freeze", node.name);
            node.frozen = true;
            if (random.nextBoolean() && world.scenario.splits() && cluster.isWhole()) {
                cluster.split(Set.of(node.name)); // past the heartbeat's limit
            }
        }
    }

    private void wake(SimNode node) {
        if (node.frozen) {
            node.frozen = false;
            SimStore store = cluster.stores.get(node.name);
            if (store != null && world.scenario.defect() != Defect.BLIND_TRUST) {
                store.distrust(); // it looks at its clock
            }
        }
    }

    private void splitOrMerge(Set<String> off) {
        if (cluster.halves.size() == 2) {
            if (!cluster.isMerging()) {
                count("merge", "");
                cluster.beginMerge();
            }
        } else if (world.scenario.splits()) {
            count(off.size() == 1 ? "split" : "split in two", off.toString());
            cluster.split(off);
        }
    }

    private void backlog(SimNode node) {
        if (scheduler.size() < MOST_TASKS) {
            scheduler.start(new Task(node.name, "backlog@" + node.name, node::workOffBacklog));
        }
    }

    /** All is well again, everything that is on its way arrives: what was promised must be there. */
    private void settle() {
        world.nodes.values().forEach(this::wake);
        if (cluster.halves.size() == 2 && !cluster.isMerging()) {
            cluster.beginMerge();
        }
        while (cluster.isMerging()) {
            cluster.mergeOne();
        }
        for (int round = 0; round < 3; round++) {
            finish();
            world.nodes.values().forEach(this::backlog);
            finish();
            for (Client client : world.clients) {
                for (SimNode node : world.nodes.values()) {
                    world.request(client, node);
                    finish();
                }
            }
        }
        cluster.halves.get(0).ledger.audit(cluster.halves.get(0).entries);
    }

    private void finish() {
        for (int i = 0; i < 10_000; i++) {
            if (cluster.hasMessages() && random.nextInt(3) == 0) {
                cluster.deliverOne();
            } else if (!scheduler.step(task -> true) && !cluster.hasMessages()) {
                break;
            }
        }
        if (scheduler.size() > 0) {
            throw new Violation("requests wait for each other for ever");
        }
    }
}
