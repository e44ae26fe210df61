package io.limpet.failover.sim;

import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Tombstone;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was promised to clients, as far as one half of the cluster is bound by it. Every change that a client makes is a
 * number of its own, appended to an attribute.
 */
final class Ledger {

    /** What is in the sessions under one key. */
    private static final class Page {
        final Set<Integer> stored = new HashSet<>();
        final Set<Integer> acknowledged = new HashSet<>();
        long epoch = Long.MIN_VALUE;

        Page copy() {
            Page copy = new Page();
            copy.stored.addAll(stored);
            copy.acknowledged.addAll(acknowledged);
            copy.epoch = epoch;
            return copy;
        }
    }

    private final Map<String, Page> pages = new HashMap<>();
    /** Each name of an ended session, with all of its names. */
    private final Map<String, Set<String>> dead = new HashMap<>();
    /** Taken out again by the clients themselves. */
    private final Set<Integer> cleared;

    Ledger(Set<Integer> cleared) {
        this.cleared = cleared;
    }

    private Page page(String key) {
        return pages.computeIfAbsent(key, k -> new Page());
    }

    void written(String key, Entry entry) {
        if (!(entry instanceof SessionRecord record)) {
            return;
        }
        if (dead.containsKey(key)) {
            throw new Violation("session " + key + " was ended and is back: " + record);
        }
        check(key, record);
    }

    private void check(String key, SessionRecord record) {
        Set<Integer> there = Values.numbersIn(record);
        for (int number : page(key).acknowledged) {
            if (!there.contains(number) && !cleared.contains(number)) {
                throw new Violation("acknowledged change " + number + " is lost from session " + key + ": " + there);
            }
        }
    }

    /** A save was taken. */
    void saved(String key, long epoch, SessionRecord record) {
        Page page = page(key);
        if (epoch < page.epoch) {
            throw new Violation("a save of epoch " + epoch + " was taken, but session " + key + " is in " + page.epoch);
        }
        page.stored.addAll(Values.numbersIn(record));
    }

    void owned(String key, long epoch) {
        Page page = page(key);
        page.epoch = Math.max(page.epoch, epoch);
    }

    /** A client was told; answers whether this half has it. */
    boolean acknowledge(int number) {
        boolean known = false;
        for (Page page : pages.values()) {
            if (page.stored.contains(number)) {
                page.acknowledged.add(number);
                known = true;
            }
        }
        return known;
    }

    /** What a session that is asked for by this key must show. */
    Set<Integer> acknowledged(String key) {
        Set<Integer> due = new HashSet<>(page(key).acknowledged);
        due.removeAll(cleared);
        return due;
    }

    /** A client was told that the session is over, which has these names. */
    void ended(Set<String> names) {
        names.forEach(name -> dead.put(name, names));
        pages.keySet().removeAll(names);
    }

    /** A client was told its session's new id: all of the session must be there. */
    void renamed(Set<String> from, String to) {
        Page now = page(to);
        for (String old : from) {
            for (int number : acknowledged(old)) {
                if (!now.stored.contains(number)) {
                    throw new Violation("acknowledged change " + number + " of " + old + " is not in " + to);
                }
                now.acknowledged.add(number);
            }
        }
        ended(from);
    }

    boolean isDead(String key) {
        return dead.containsKey(key);
    }

    /** What this half has must hold what it owes. */
    void audit(Map<String, Entry> entries) {
        for (Map.Entry<String, Page> page : Map.copyOf(pages).entrySet()) {
            Entry entry = entries.get(page.getKey());
            if (entry instanceof SessionRecord record) {
                check(page.getKey(), record);
            } else if (!(entry instanceof Tombstone)
                    && !acknowledged(page.getKey()).isEmpty()) {
                throw new Violation("session " + page.getKey() + " is gone with " + page.getValue().acknowledged);
            }
        }
    }

    /**
     * What the keepers of some entries owe, when they are on their own. Of an ended session whose tombstone is with the
     * others only, they know nothing: while halves without a quorum are apart, it may come back in this one.
     *
     * @param lost what only the others keep
     */
    Ledger forKeys(Set<String> keys, Set<String> lost) {
        Ledger part = new Ledger(cleared);
        dead.forEach((name, names) -> {
            if (Collections.disjoint(names, lost)) {
                part.dead.put(name, names);
            }
        });
        pages.forEach((key, page) -> {
            if (keys.contains(key)) {
                part.pages.put(key, page.copy());
            }
        });
        return part;
    }

    /** Another half's entry has won: its promises count now. */
    void replace(String key, Ledger other) {
        Page page = other.pages.get(key);
        if (page == null) {
            pages.remove(key);
        } else {
            pages.put(key, page.copy());
        }
    }

    /** Another half's tombstone has won: what is over there is over here. */
    void replaceByEnd(String key, Ledger other) {
        replace(key, other);
        ended(other.dead.getOrDefault(key, Set.of()));
    }
}
