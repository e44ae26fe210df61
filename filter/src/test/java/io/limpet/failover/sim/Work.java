package io.limpet.failover.sim;

import io.limpet.failover.FakeSession;
import io.limpet.failover.Visit;
import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.sim.Values.Basket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What the application does with the session of one request. */
final class Work {

    private final World world;
    private final SimNode node;
    private final Account account;
    private final SplittableRandom random;
    private FakeSession session;
    private Visit visit;
    private final List<Integer> unsaved = new ArrayList<>();
    private Runnable whenSaved = () -> {};
    private boolean over;

    Work(World world, SimNode node, Account account, FakeSession session, Visit visit, SplittableRandom random) {
        this.world = world;
        this.node = node;
        this.account = account;
        this.session = session;
        this.visit = visit;
        this.random = random;
    }

    FakeSession session() {
        return session;
    }

    static Set<Integer> numbersIn(FakeSession session) {
        Set<Integer> numbers = new HashSet<>();
        for (String name : Collections.list(session.getAttributeNames())) {
            Values.addNumbers(String.valueOf(session.getAttribute(name)), numbers);
        }
        return numbers;
    }

    void read() {
        for (String name : new TreeSet<>(Collections.list(session.getAttributeNames()))) {
            visit.read(name, String.valueOf(session.getAttribute(name)));
        }
        world.pause();
    }

    /** Reads a text and sets it again, longer. */
    void add(String attribute) {
        SimLock lock = node.applicationLock(String.valueOf(session.getAttribute("account")));
        lock.lock();
        try {
            Object before = session.getAttribute(attribute);
            visit.read(attribute, String.valueOf(before));
            if (random.nextBoolean()) {
                world.pause();
            }
            int number = world.newChange();
            session.setAttribute(attribute, before == null ? "," + number : before + "," + number);
            visit.changed(attribute);
            unsaved.add(number);
        } finally {
            lock.unlock();
        }
    }

    /** Changes an object where it is. */
    void fill(String attribute) {
        SimLock lock = node.applicationLock(String.valueOf(session.getAttribute("account")));
        lock.lock();
        try {
            if (!(session.getAttribute(attribute) instanceof Basket)) {
                session.setAttribute(attribute, new Basket(""));
                visit.changed(attribute);
            }
            Basket basket = (Basket) session.getAttribute(attribute);
            if (basket == null) {
                return; // taken out by another request
            }
            visit.read(attribute, basket);
            if (random.nextBoolean()) {
                world.pause();
            }
            int number = world.newChange();
            basket.text.append(',').append(number);
            unsaved.add(number);
        } finally {
            lock.unlock();
        }
    }

    void clear(String attribute) {
        SimLock lock = node.applicationLock(String.valueOf(session.getAttribute("account")));
        lock.lock();
        try {
            Set<Integer> numbers = new HashSet<>();
            Values.addNumbers(String.valueOf(session.getAttribute(attribute)), numbers);
            world.cluster.cleared.addAll(numbers);
            session.removeAttribute(attribute);
            visit.changed(attribute);
        } finally {
            lock.unlock();
        }
    }

    void logout(String requestedId) {
        account.askLogout();
        int shape = world.cluster.shape;
        Half half = world.cluster.halfOf(node.name);
        Set<String> names = new HashSet<>(account.ids);
        names.add(requestedId);
        SaveOutcome outcome = node.failover.invalidated(session);
        session.invalidate();
        over = true;
        world.cluster.trace.add(() -> world.scheduler.steps + " " + node.name + " logout of " + names + ": " + outcome);
        if (outcome == SaveOutcome.ENDED && shape == world.cluster.shape) {
            half.ledger.ended(names);
            world.countLogout();
        }
    }

    /** As the filter does it: a session that another request adopted is moved first. */
    void login(boolean follows, String requestedId, Client client) {
        if (follows) {
            visit.save();
            session = (FakeSession) node.failover.move(session, List.of(requestedId), node::open);
            visit.over();
            visit = node.failover.visit(session);
        }
        account.askRename();
        Set<String> names = new HashSet<>(account.ids);
        names.add(requestedId);
        names.add(session.getId());
        int shape = world.cluster.shape;
        Half half = world.cluster.halfOf(node.name);
        node.rename(session);
        world.cluster.trace.add(
                () -> world.scheduler.steps + " " + node.name + " renamed one of " + names + " to " + session.getId());
        add("b");
        String newId = session.getId();
        whenSaved = () -> {
            if (!session.getId().equals(newId)) {
                account.endAsked =
                        true; // by a login at the same time, which gave it yet another id: one of them may lose
                return;
            }
            Account next = world.newAccount();
            account.becomes(next);
            next.ids.add(newId);
            if (client.account == account) {
                client.account = next;
                client.id = newId;
                client.route = node.name;
            }
            if (shape == world.cluster.shape) {
                half.ledger.renamed(names, newId);
            }
            world.cluster.trace.add(
                    () -> world.scheduler.steps + " " + node.name + " login of " + names + " as " + newId);
            world.countLogin();
        };
    }

    /** The request is over. */
    void leave() {
        visit.over();
    }

    /** Answers whether the client may be told that all is well. */
    boolean save() {
        if (over) {
            return false;
        }
        List<Integer> changes = List.copyOf(unsaved);
        unsaved.clear();
        SaveOutcome outcome = visit.save();
        world.cluster.trace.add(() -> world.scheduler.steps + " " + node.name + " save of " + changes + " in "
                + session.getId() + ": " + outcome);
        world.count(outcome);
        switch (outcome) {
            case SAVED, UNCHANGED -> {
                changes.forEach(number -> world.acknowledge(number, account));
                whenSaved.run();
                whenSaved = () -> {};
                return true;
            }
            case ENDED -> {
                if (!account.endAsked && !world.mayForget()) {
                    throw new Violation("session of " + account.name + " was called ended, and nobody had ended it");
                }
                over = true;
            }
            case CONFLICT, REJECTED -> over = true; // 503
            case BUSY, QUEUED -> world.pause();
        }
        return false;
    }
}
