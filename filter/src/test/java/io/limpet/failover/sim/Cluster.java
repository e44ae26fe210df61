package io.limpet.failover.sim;

import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.Precedence;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.Taken;
import io.limpet.failover.protocol.Tombstone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * A model of the cluster that keeps the sessions: halves that see each other or not, two members for each entry, messages
 * that come late or twice, and two halves that meet again.
 */
final class Cluster {

    /** Something on its way. */
    private record Message(String kind, String to, String key, Runnable arrival) {}

    final List<Half> halves = new ArrayList<>();
    final Map<String, SimStore> stores = new TreeMap<>();
    final Set<String> closed = new HashSet<>();
    final Set<Integer> cleared = new HashSet<>();
    private final List<Message> messages = new ArrayList<>();
    private final Map<String, Entry> merging = new LinkedHashMap<>();
    private final SplittableRandom random;
    private final Scenario scenario;
    final Trace trace;
    /** How often halves were made or met: what was begun under another number is not judged. */
    int shape;

    Cluster(SplittableRandom random, Scenario scenario, Trace trace) {
        this.trace = trace;
        this.random = random;
        this.scenario = scenario;
        halves.add(new Half(scenario.defect(), new Ledger(cleared)));
    }

    private SimStore store(String node) {
        SimStore store = stores.get(node);
        if (store == null) {
            throw new IllegalStateException(node + " is nowhere");
        }
        return store;
    }

    Half halfOf(String node) {
        return halves.stream()
                .filter(half -> half.members.contains(node))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(node + " is nowhere"));
    }

    boolean isWhole() {
        return halves.size() == 1 && merging.isEmpty();
    }

    /** Whether the store may be asked from this node. */
    boolean isOpen(String node) {
        return !closed.contains(node) && halfOf(node).members.size() >= scenario.quorum();
    }

    void join(String node, Half half) {
        half.members.add(node);
        distrust(half);
    }

    void leave(String node) {
        Half half = halfOf(node);
        half.lose(node);
        messages.removeIf(message -> message.to().equals(node));
        distrust(half);
        half.ledger.audit(half.entries);
    }

    private void distrust(Half half) {
        if (scenario.defect() != Defect.BLIND_TRUST) {
            half.members.forEach(member -> store(member).distrust());
        }
    }

    /** These members see the others no more. */
    void split(Set<String> off) {
        Half whole = halves.get(0);
        Map<String, List<String>> keepers = new LinkedHashMap<>();
        whole.entries.keySet().forEach(key -> keepers.put(key, whole.keepers(key)));
        Set<String> rest = new HashSet<>(whole.members);
        rest.removeAll(off);
        Half one = part(whole, rest, keepers);
        Half other = part(whole, off, keepers);
        halves.clear();
        halves.add(one);
        halves.add(other);
        whole.mergedInto = Optional.of(one);
        shape++;
        distrust(one);
        distrust(other);
    }

    private Half part(Half whole, Set<String> members, Map<String, List<String>> keepers) {
        Set<String> kept = new HashSet<>();
        keepers.forEach((key, nodes) -> {
            if (nodes.stream().anyMatch(members::contains)) {
                kept.add(key);
            }
        });
        Set<String> lost = new HashSet<>(keepers.keySet());
        lost.removeAll(kept);
        Half part = new Half(scenario.defect(), whole.ledger.forKeys(kept, scenario.mayFork() ? lost : Set.of()));
        part.members.addAll(members);
        whole.entries.forEach((key, entry) -> {
            if (kept.contains(key)) {
                part.entries.put(key, entry);
            }
        });
        return part;
    }

    /** The halves meet: the smaller one's members are let in when all of its entries are. */
    void beginMerge() {
        Half big = halves.get(0).members.size() >= halves.get(1).members.size() ? halves.get(0) : halves.get(1);
        Half small = halves.get(0) == big ? halves.get(1) : halves.get(0);
        closed.addAll(small.members);
        distrust(small);
        merging.putAll(small.entries);
        halves.clear();
        halves.add(big);
        halves.add(small);
        if (merging.isEmpty()) {
            endMerge();
        }
    }

    boolean isMerging() {
        return !merging.isEmpty();
    }

    void mergeOne() {
        Map.Entry<String, Entry> next = merging.entrySet().iterator().next();
        String key = next.getKey();
        trace.add(() -> "merge " + next);
        Half big = halves.get(0);
        Entry existing = big.entries.get(key);
        // what is owed follows the rule, what is kept the policy, which may be a planted one
        if (existing == null || Precedence.prevails(next.getValue(), existing)) {
            promise(big, next);
        }
        if (existing == null || prevails(next.getValue(), existing)) {
            big.put(key, next.getValue());
        }
        merging.remove(key);
        if (merging.isEmpty()) {
            endMerge();
        }
    }

    private void promise(Half big, Map.Entry<String, Entry> winner) {
        Ledger other = halves.get(1).ledger;
        if (winner.getValue() instanceof Tombstone) {
            big.ledger.replaceByEnd(winner.getKey(), other);
        } else {
            big.ledger.replace(winner.getKey(), other);
        }
        shape++;
    }

    private boolean prevails(Entry incoming, Entry existing) {
        return switch (scenario.defect()) {
            case PUT_IF_ABSENT -> false;
            case LATEST_COMES -> true;
            default -> Precedence.prevails(incoming, existing);
        };
    }

    private void endMerge() {
        Half big = halves.get(0);
        Half small = halves.remove(1);
        big.members.addAll(small.members);
        small.mergedInto = Optional.of(big);
        distrust(big);
        closed.removeAll(small.members);
        shape++;
        big.ledger.audit(big.entries);
    }

    void later(Half half, String key, Change<?> change) {
        messages.add(new Message("change", "", key, () -> {
            // what is on its way to members that are just being let in is lost
            if (!isMerging() || half.now() == halves.get(0)) {
                half.now().apply(key, change);
            }
        }));
    }

    <R extends Result> void tell(String by, R result) {
        if (result instanceof ClaimResult claim && scenario.defect() != Defect.NO_NOTICE) {
            Taken.of(claim)
                    .ifPresent(taken -> halfOf(by).members.stream()
                            .filter(member -> !member.equals(by))
                            .forEach(member -> messages.add(new Message(
                                    "notice",
                                    member,
                                    taken.key(),
                                    () -> store(member).tell(taken)))));
        }
    }

    /** Whether this node has yet to be told that somebody took the session. */
    boolean isUntold(String node, String key) {
        return messages.stream()
                .anyMatch(message -> message.to().equals(node) && message.key().equals(key));
    }

    boolean hasMessages() {
        return !messages.isEmpty();
    }

    void deliverOne() {
        Message message = messages.remove(random.nextInt(messages.size()));
        trace.add(() -> message.kind() + " arrives: " + message.key() + " " + message.to());
        message.arrival().run();
    }
}
