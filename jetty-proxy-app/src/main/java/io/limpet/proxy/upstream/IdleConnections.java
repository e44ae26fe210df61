package io.limpet.proxy.upstream;

import io.limpet.proxy.loop.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one pool that have nothing to do, by the loop that hears of them: whoever takes one on a loop's thread
 * gets one of that loop's, as long as there is one. Not thread-safe.
 */
final class IdleConnections {

    /** Those of one loop. There are few of them: to compare is faster than to hash. */
    private record Shelf(Optional<Loop> loop, ArrayDeque<NodeConnection> connections) {}

    private final List<Shelf> shelves = new ArrayList<>();
    private int count;

    private ArrayDeque<NodeConnection> of(Optional<Loop> loop) {
        for (Shelf shelf : shelves) {
            if (shelf.loop.equals(loop)) {
                return shelf.connections;
            }
        }
        Shelf empty = new Shelf(loop, new ArrayDeque<>());
        shelves.add(empty);
        return empty.connections;
    }

    void addFirst(NodeConnection connection) {
        of(connection.loop()).addFirst(connection);
        count++;
    }

    /**
     * The one that was used last, of this thread's loop if it has one.
     *
     * @throws NoSuchElementException when there is none at all
     */
    NodeConnection removeFirst() {
        ArrayDeque<NodeConnection> near = of(Loop.current());
        NodeConnection first = near.isEmpty() ? any().removeFirst() : near.removeFirst();
        count--;
        return first;
    }

    private ArrayDeque<NodeConnection> any() {
        for (Shelf shelf : shelves) {
            if (!shelf.connections.isEmpty()) {
                return shelf.connections;
            }
        }
        throw new NoSuchElementException("no connection is idle");
    }

    /** One that was not used for long; null when there is none. */
    @Nullable
    NodeConnection pollLast() {
        if (isEmpty()) {
            return null;
        }
        count--;
        return any().removeLast();
    }

    boolean isEmpty() {
        return count == 0;
    }

    void remove(NodeConnection connection) {
        if (of(connection.loop()).remove(connection)) {
            count--;
        }
    }

    /** All of them; afterwards there is none. */
    List<NodeConnection> clear() {
        List<NodeConnection> all = new ArrayList<>();
        shelves.forEach(shelf -> all.addAll(shelf.connections));
        shelves.clear();
        count = 0;
        return all;
    }
}
