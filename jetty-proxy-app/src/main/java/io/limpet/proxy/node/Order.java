package io.limpet.proxy.node;

import java.util.Arrays;
import java.util.Optional;

/** What the operator wants of a node; the later in this list, the stronger. */
public enum Order {
    /** It takes what it can. */
    READY("ready"),
    /** It takes no new sessions and gives up those that it has. */
    DRAINING("draining"),
    /** It gets nothing. */
    MAINTENANCE("maintenance");

    private final String label;

    Order(String label) {
        this.label = label;
    }

    /** The order of this word; empty when there is none. */
    public static Optional<Order> named(String word) {
        return Arrays.stream(values()).filter(order -> order.label.equals(word)).findFirst();
    }

    /** The word in the API, the commands and the log. */
    @Override
    public String toString() {
        return label;
    }
}
