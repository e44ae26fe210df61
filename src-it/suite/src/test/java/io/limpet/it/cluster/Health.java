package io.limpet.it.cluster;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How the nodes of a cluster are.
 *
 * @param secret what they answer to alone, where there is one
 */
record Health(List<Node> nodes, Failover failover, Optional<Secret> secret) {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String STATUS = "/limpet/status";

    /** Whether the node says that all is well. */
    boolean isWell(Node node) {
        try {
            Browser monitor = new Browser(node.uri());
            long now = Instant.now().getEpochSecond();
            NodeStatus status = secret.map(it -> monitor.get(STATUS, "Limpet-Seal", it.seal(STATUS, now)))
                    .orElseGet(() -> monitor.get(STATUS))
                    .json(NodeStatus.class);
            return status.state().equals("ready") && status.failover().equals(failover.whenWhole());
        } catch (UncheckedIOException e) {
            return false; // not yet
        }
    }

    /** Returns when all are well, and each has been given new visitors by the proxy. */
    void awaitWhole(Supplier<Browser> visitors) {
        await("all nodes to be healthy")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> nodes.stream().allMatch(this::isWell));
        Set<String> used = new HashSet<>();
        await("the proxy to use all nodes")
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    nodeOfANewSession(visitors.get()).ifPresent(used::add);
                    return used.size() == nodes.size();
                });
    }

    private static Optional<String> nodeOfANewSession(Browser visitor) {
        try {
            Answer answer = visitor.get("/api/cart");
            return answer.status() == 200 ? Optional.of(answer.cart().node()) : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty(); // the proxy does not listen yet
        }
    }
}
