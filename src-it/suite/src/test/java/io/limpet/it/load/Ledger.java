package io.limpet.it.load;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the shop has acknowledged, cart by cart: that must be in the carts afterwards, whatever happened. Safe for any
 * number of threads.
 *
 * @param <C> a cart
 */
public final class Ledger<C> {

    private final Map<C, Queue<String>> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    /** The answer that said so has arrived whole. */
    public void acknowledge(C cart, String item) {
        acknowledged.computeIfAbsent(cart, it -> new ConcurrentLinkedQueue<>()).add(item);
        count.incrementAndGet();
    }

    /** How many items were acknowledged until now. */
    public int count() {
        return count.get();
    }

    /** All carts that were promised something. */
    public Set<C> carts() {
        return Set.copyOf(acknowledged.keySet());
    }

    /**
     * What is wrong with a cart: items that were acknowledged and are not in, or that are in twice. Items that nobody
     * acknowledged may be in: their answer may have died with the node.
     */
    public List<String> wrongs(C cart, Collection<String> found) {
        List<String> wrongs = new ArrayList<>();
        for (String item : acknowledged.getOrDefault(cart, new ConcurrentLinkedQueue<>())) {
            if (!found.contains(item)) {
                wrongs.add("lost " + item);
            }
        }
        Set<String> seen = new HashSet<>();
        for (String item : found) {
            if (!seen.add(item)) {
                wrongs.add("twice " + item);
            }
        }
        return wrongs;
    }
}
