package io.limpet.failover.sim;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** All that there is in one run: the cluster, its nodes and their clients. One thread at a time has the turn. */
final class World {

    final Scenario scenario;
    final Scheduler scheduler;
    final Cluster cluster;
    final Map<String, SimNode> nodes = new TreeMap<>();
    final List<Client> clients = new ArrayList<>();
    final Coverage coverage;
    private final SplittableRandom random;
    private final Numbers numbers = new Numbers();
    private final Numbers changes = new Numbers();
    private final Map<String, Long> clocks = new TreeMap<>();

    World(SplittableRandom random, Scenario scenario, Workers workers, Coverage coverage, Trace trace) {
        this.random = random;
        this.scenario = scenario;
        this.coverage = coverage;
        this.scheduler = new Scheduler(random.split(), workers);
        this.cluster = new Cluster(random.split(), scenario, trace);
        for (int i = 1; i <= scenario.nodes(); i++) {
            clocks.put("n" + i, random.nextLong(-3_000, 3_000));
            boot("n" + i);
        }
        for (int i = 0; i < 1 + random.nextInt(2); i++) {
            clients.add(new Client("c" + i, newAccount()));
        }
    }

    void boot(String name) {
        boot(name, cluster.halves.get(0));
    }

    void boot(String name, Half half) {
        SimStore store = new SimStore(name, cluster, scheduler, random.split(), scenario.faults());
        cluster.stores.put(name, store);
        SimClock clock = new SimClock(scheduler, clocks.getOrDefault(name, 0L));
        nodes.put(name, new SimNode(name, store, scheduler, scenario, clock, numbers));
        cluster.join(name, half);
    }

    void request(Client client, SimNode node) {
        Request request = new Request(this, node, client, random.split());
        scheduler.start(new Task(node.name, client.name + "@" + node.name, request::run));
    }

    void pause() {
        scheduler.pause();
    }

    Account newAccount() {
        return new Account("s" + numbers.next() + "x");
    }

    int newChange() {
        return changes.next() + 1_000;
    }

    /** A client is told that its change is safe: some half must have it. */
    void acknowledge(int number, Account account) {
        boolean known = false;
        for (Half half : cluster.halves) {
            known |= half.ledger.acknowledge(number);
        }
        if (!known && !account.endAsked && !scenario.mayFork() && !cluster.cleared.contains(number)) {
            throw new Violation("change " + number + " of " + account.name + " was acknowledged, and nobody has it");
        }
    }

    /** A half that was alone may know of an end, or may lack a session, that the other one does not. */
    boolean mayForget() {
        return scenario.mayFork();
    }

    void count(Found found) {
        coverage.arrivals.merge(found, 1L, Long::sum);
    }

    void count(SaveOutcome outcome) {
        coverage.outcomes.merge(outcome, 1L, Long::sum);
    }

    void countFailed() {
        coverage.failed++;
    }

    void countLogout() {
        coverage.logouts++;
    }

    void countLogin() {
        coverage.logins++;
    }
}
