package io.limpet.probe.ee;

import jakarta.enterprise.context.SessionScoped;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A visitor's state as a bean of CDI: nobody ever calls {@code setAttribute} when it changes. */
@SessionScoped
public class Basket implements Serializable {

    private static final long serialVersionUID = 1;

    private final List<String> items = new ArrayList<>();
    private @Nullable String user;
    private int visits;

    /** One more request. */
    public synchronized void visit() {
        visits++;
    }

    /** How many there were. */
    public synchronized int visits() {
        return visits;
    }

    /** Puts one thing in. */
    public synchronized void add(String item) {
        items.add(item);
    }

    /** What is in it. */
    public synchronized List<String> items() {
        return List.copyOf(items);
    }

    /** Somebody says who he is. */
    public synchronized void belongsTo(String name) {
        user = name;
    }

    /** Who said so. */
    public synchronized Optional<String> user() {
        return Optional.ofNullable(user);
    }
}
