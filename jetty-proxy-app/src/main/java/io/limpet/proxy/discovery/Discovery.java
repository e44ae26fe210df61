package io.limpet.proxy.discovery;

import io.limpet.proxy.node.Node;
import io.limpet.route.Route;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds nodes by looking names up again and again. What a lookup no longer has is no node any more, at once or after the
 * lookup's {@link Lookup#patience}; a lookup that fails, or finds nothing at all, changes nothing: it is likelier that DNS
 * is ill than that all nodes have gone.
 *
 * <p>One thread at a time, which it blocks.
 */
public final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final long LONGEST_ANSWER_SECONDS = 70;

    private final Lookup lookup;
    private final Names names;
    private final Predicate<Node> isUp;
    private final Consumer<List<Node>> found;
    private final Map<URI, Node> known = new LinkedHashMap<>();
    /** Since when an answer has lacked the address of a known node, by {@link System#nanoTime}. */
    private final Map<URI, Long> missing = new HashMap<>();

    private boolean failing;

    /**
     * A discovery that knows nothing yet.
     *
     * @param isUp whether a node is well: one that is not may have become another at its address
     * @param found is told all nodes when they have changed
     */
    public Discovery(Lookup lookup, Names names, Predicate<Node> isUp, Consumer<List<Node>> found) {
        this.lookup = lookup;
        this.names = names;
        this.isUp = isUp;
        this.found = found;
    }

    /**
     * A discovery by this name in DNS.
     *
     * @param name {@code shop.default.svc:8080}, each of its addresses, or {@code _http._tcp.shop}, each of its services
     */
    public static Discovery of(String name, Names names, Predicate<Node> isUp, Consumer<List<Node>> found) {
        int colon = name.lastIndexOf(':');
        Lookup lookup = colon < 0
                ? new ServiceLookup(name, "dns:")
                : new HostLookup(
                        new HostAndPort(name.substring(0, colon), Integer.parseInt(name.substring(colon + 1))));
        return new Discovery(lookup, names, isUp, found);
    }

    /** Looks once; never throws. */
    public void look() {
        try {
            lookAt(lookup.addresses());
        } catch (IOException | RuntimeException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    private void lookAt(List<URI> addresses) {
        if (addresses.isEmpty()) {
            failed("it has no address");
            return;
        }
        if (failing) {
            LOG.info("'{}' is looked up again", lookup);
        }
        failing = false;
        List<Node> before = List.copyOf(known.values());
        Set<URI> there = new LinkedHashSet<>(addresses);
        known.entrySet().removeIf(it -> !there.contains(it.getKey()) && hasGone(it.getKey(), it.getValue()));
        missing.keySet().removeAll(there);
        Map<URI, CompletableFuture<Optional<Route>>> asked = new LinkedHashMap<>();
        there.stream().filter(this::isUnclear).forEach(address -> asked.put(address, ask(address)));
        asked.forEach((address, answer) -> named(address, nameIn(answer)));
        List<Node> now = List.copyOf(known.values());
        if (!Set.copyOf(now).equals(Set.copyOf(before))) {
            found.accept(now);
        }
    }

    /** With a lookup that may forget, one that is well is given time to be there again. */
    private boolean hasGone(URI address, Node node) {
        long now = System.nanoTime();
        long since = missing.computeIfAbsent(address, first -> now);
        boolean gone = !isUp.test(node) || now - since >= lookup.patience().toNanos();
        if (gone) {
            missing.remove(address);
        }
        return gone;
    }

    private boolean isUnclear(URI address) {
        Node node = known.get(address);
        return node == null || !isUp.test(node);
    }

    /** All at once: each that is silent takes as long as a probe may. */
    private CompletableFuture<Optional<Route>> ask(URI address) {
        return names.nameAt(address).toCompletableFuture();
    }

    private void named(URI address, Optional<Route> name) {
        Node node = known.get(address);
        // one that does not answer may be restarting
        if (name.isEmpty() || (node != null && node.route().equals(name.get()))) {
            return;
        }
        List<Node> others = new ArrayList<>(known.values());
        others.removeIf(other -> other.uri().equals(address) || !other.route().equals(name.get()));
        if (others.stream().anyMatch(isUp)) {
            LOG.error(
                    "two nodes are named '{}': at {} and at {}; the second gets no requests",
                    name.get(),
                    others.get(0).uri(),
                    address);
            return;
        }
        others.forEach(other -> known.remove(other.uri()));
        known.put(address, new Node(name.get(), address));
    }

    private static Optional<Route> nameIn(CompletableFuture<Optional<Route>> answer) {
        try {
            return answer.get(LONGEST_ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private void failed(String why) {
        missing.clear(); // who could not announce itself has its time from the next answer on
        if (!failing) {
            LOG.warn("'{}' cannot be looked up: {}; the nodes stay: {}", lookup, why, known.values());
        }
        failing = true;
    }
}
