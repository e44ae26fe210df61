package io.limpet.proxy.upstream;

import io.limpet.proxy.loop.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one pool that have nothing to do, by the loop that hears of them: whoever takes one on a loop's thread
 * gets one of that loop's, as long as there is one. Not thread-safe.
 */
final class IdleConnections {

    private final Map<Optional<Loop>, ArrayDeque<NodeConnection>> byLoop = new HashMap<>();

    void addFirst(NodeConnection connection) {
        byLoop.computeIfAbsent(connection.loop(), loop -> new ArrayDeque<>()).addFirst(connection);
    }

    /**
     * The one that was used last, of this thread's loop if it has one.
     *
     * @throws java.util.NoSuchElementException when there is none at all
     */
    NodeConnection removeFirst() {
        ArrayDeque<NodeConnection> near = byLoop.get(Loop.current());
        if (near != null && !near.isEmpty()) {
            return near.removeFirst();
        }
        return byLoop.values().stream()
                .filter(others -> !others.isEmpty())
                .findFirst()
                .orElseThrow()
                .removeFirst();
    }

    /** One that was not used for long; null when there is none. */
    @Nullable
    NodeConnection pollLast() {
        for (ArrayDeque<NodeConnection> any : byLoop.values()) {
            if (!any.isEmpty()) {
                return any.pollLast();
            }
        }
        return null;
    }

    boolean isEmpty() {
        for (ArrayDeque<NodeConnection> any : byLoop.values()) {
            if (!any.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    void remove(NodeConnection connection) {
        ArrayDeque<NodeConnection> own = byLoop.get(connection.loop());
        if (own != null) {
            own.remove(connection);
        }
    }

    /** All of them; afterwards there is none. */
    List<NodeConnection> clear() {
        List<NodeConnection> all = new ArrayList<>();
        for (Iterator<ArrayDeque<NodeConnection>> loops = byLoop.values().iterator(); loops.hasNext(); loops.remove()) {
            all.addAll(loops.next());
        }
        return all;
    }
}
