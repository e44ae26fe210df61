package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.DrainRules;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Ordered;
import io.limpet.proxy.node.Thresholds;
import io.limpet.route.Route;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeSourceTest {

    @Test
    void aNodeThatIsDownIsNotUpForDiscoveryWhateverIsOrderedOfIt() {
        Node n1 = new Node(new Route("n1"), URI.create("http://127.0.0.1:8081"));
        NodeHealth health = new NodeHealth(List.of(n1), new Thresholds(2, 3));
        NodeStates states = new NodeStates(health, new DrainRules(Duration.ZERO, ""), Clock.systemUTC());
        states.order(new Ordered(n1.route(), "", Order.MAINTENANCE, Duration.ZERO));
        assertThat(NodeSource.isUp(n1, health)).isTrue();

        health.refused(n1, "connection refused");
        assertThat(states.nodes().named(n1.route())).get().matches(it -> it.state() == NodeState.MAINTENANCE);
        assertThat(NodeSource.isUp(n1, health)).isFalse();
    }
}
