package io.limpet.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeteredNodesTest {

    private static final long KEPT = MeteredNodes.KEPT.toNanos();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MeteredNodes nodes = new MeteredNodes(registry);

    private void serve(String node, int requests) {
        counter(node).increment(requests);
    }

    private Counter counter(String node) {
        nodes.of(node);
        return registry.get("limpet.requests")
                .tag("node", node)
                .tag("reason", Reason.OWNER.toString())
                .counter();
    }

    private double told() {
        return registry.find("limpet.requests").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void whatANodeHasCountedIsToldForAWhileAfterItHasLeftAndTheSumIsAlwaysTheSame() {
        serve("n1", 3);
        serve("n2", 4);
        nodes.seen(Set.of("n1", "n2"), 0);
        nodes.seen(Set.of("n2"), 1);
        nodes.seen(Set.of("n2"), KEPT);
        assertThat(told()).isEqualTo(7);
        assertThat(nodes.forgotten()).isZero();

        nodes.seen(Set.of("n2"), KEPT + 1);
        assertThat(told()).isEqualTo(4);
        assertThat(nodes.forgotten()).isEqualTo(3);
        assertThat(nodes.names()).containsExactly("n2");
        assertThat(registry.getMeters())
                .noneMatch(meter -> "n1".equals(meter.getId().getTag("node")));
    }

    @Test
    void aRequestThatEndsWhileItsNodeIsForgottenIsCounted() {
        Counter found = counter("n1");
        found.increment();
        nodes.seen(Set.of(), 0);
        nodes.seen(Set.of(), KEPT);
        found.increment();
        assertThat(nodes.forgotten()).isEqualTo(2);
        nodes.seen(Set.of(), 2 * KEPT);
        assertThat(nodes.forgotten()).isEqualTo(2);
    }

    @Test
    void oneThatIsBackInTimeGoesOnCountingAndOneThatIsBackLaterBeginsAnew() {
        serve("n1", 3);
        nodes.seen(Set.of(), 0);
        nodes.seen(Set.of("n1"), KEPT - 1);
        nodes.seen(Set.of(), KEPT);
        assertThat(told()).isEqualTo(3);

        nodes.seen(Set.of(), 2 * KEPT);
        serve("n1", 1);
        assertThat(told() + nodes.forgotten()).isEqualTo(4);
        assertThat(told()).isEqualTo(1);
    }
}
