package io.limpet.failover.sim;

import io.limpet.failover.Arrival;
import io.limpet.failover.Arrival.Found;
import io.limpet.failover.FakeSession;
import io.limpet.failover.Visit;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One request on one node, from its arrival until its client has the answer. */
final class Request {

    private final World world;
    private final SimNode node;
    private final Client client;
    private final Account account;
    private final String id;
    private final SplittableRandom random;

    Request(World world, SimNode node, Client client, SplittableRandom random) {
        this.world = world;
        this.node = node;
        this.client = client;
        this.account = client.account;
        this.id = client.id;
        this.random = random;
    }

    void run() {
        Expectation expected = new Expectation(world, node.name, account, id);
        world.cluster.trace.add(() -> world.scheduler.steps + " " + node.name + " is asked for " + id);
        Optional<FakeSession> own = node.find(id);
        Arrival arrival = node.failover.arrive(own.orElse(null), id.isEmpty() ? List.of() : List.of(id), node::open);
        world.cluster.trace.add(
                () -> world.scheduler.steps + " " + node.name + " " + id + " arrives: " + arrival.found());
        world.count(arrival.found());
        if (arrival.found() == Found.UNKNOWN) {
            expected.unavailable();
            return; // 503
        }
        Optional<FakeSession> found = arrival.adopted()
                .map(adopted -> (FakeSession) adopted.session())
                .or(() -> own);
        if (arrival.found() == Found.ENDED || found.isEmpty()) {
            expected.nothing(arrival.found());
            begin();
            return;
        }
        try {
            Visit visit = node.failover.visit(found.get());
            expected.session(Work.numbersIn(found.get()));
            boolean follows = arrival.adopted().isPresent() && !arrival.made();
            Work work = new Work(world, node, account, found.get(), visit, random);
            work(work, follows);
            answer(work.session().getId());
            work.leave();
        } catch (IllegalStateException e) {
            world.countFailed(); // another request has ended the session under this one, as in any container
        }
    }

    /** A client without a session gets one. */
    private void begin() {
        FakeSession session = (FakeSession) node.open().session();
        Account fresh = world.newAccount();
        session.setAttribute("account", fresh.name);
        Work work = new Work(world, node, fresh, session, node.failover.visit(session), random);
        work.add("a");
        if (work.save()) {
            fresh.ids.add(session.getId());
            if (client.account == account) {
                client.account = fresh;
                client.id = session.getId();
                client.route = node.name;
            }
        }
        work.leave();
    }

    private void work(Work work, boolean follows) {
        switch (random.nextInt(24)) {
            case 0 -> work.logout(id);
            case 1 -> work.login(follows, id, client);
            case 2 -> work.clear(random.nextBoolean() ? "a" : "b");
            case 3, 4, 5, 6 -> work.read();
            case 7, 8, 9, 10, 11, 12 -> work.fill("basket");
            case 13, 14, 15 -> {
                work.add("a");
                if (work.save()) {
                    work.fill("basket");
                }
            }
            default -> work.add(random.nextBoolean() ? "a" : "b");
        }
        work.save();
    }

    /** The client learns the id, unless it has gone on to another session meanwhile. */
    private void answer(String newId) {
        if (client.account == account && !account.endAsked) {
            account.ids.add(newId);
            client.id = newId;
            client.route = node.name;
        }
    }
}
