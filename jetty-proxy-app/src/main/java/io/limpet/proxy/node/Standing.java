package io.limpet.proxy.node;

import java.util.Map;
import java.util.stream.Stream;

/**
 * What the settings want of a node while the operator has ordered nothing. Immutable.
 *
 * @param whole of all of it
 * @param contexts of single context paths, {@code /shop}, beside that
 */
public record Standing(Order whole, Map<String, Order> contexts) {

    /** @throws IllegalArgumentException when a key is no context path, or the empty one */
    public Standing {
        contexts = Map.copyOf(contexts);
        contexts.keySet().forEach(Standing::check);
    }

    /** The same of all that the node has. */
    public static Standing of(Order whole) {
        return new Standing(whole, Map.of());
    }

    private static void check(String context) {
        if (context.isEmpty() || !Ordered.isContext(context)) {
            throw new IllegalArgumentException("'" + context + "' is no context path; write '/shop'");
        }
    }

    /** What is wanted for this context path alone, the empty one being the whole node. */
    Order of(String context) {
        return context.isEmpty() ? whole : contexts.getOrDefault(context, Order.READY);
    }

    /** The context paths that something is wanted for. */
    Stream<String> told() {
        return contexts.keySet().stream().filter(context -> of(context) != Order.READY);
    }
}
