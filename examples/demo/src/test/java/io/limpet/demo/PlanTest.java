package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.demo.Plan.NodePlace;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void nodesAreNumberedFromOne() throws Exception {
        assertThat(Plan.of(3, 0, true, false).nodes())
                .extracting(NodePlace::name)
                .containsExactly("n1", "n2", "n3");
    }

    @Test
    void noPortIsPlannedTwice() throws Exception {
        Plan plan = Plan.of(9, 0, true, false);

        assertThat(Stream.concat(
                        Stream.of(plan.port()),
                        plan.nodes().stream().flatMap(node -> Stream.of(node.port(), node.memberPort()))))
                .hasSize(19)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyNodeLearnsOfAllMembers() throws Exception {
        Plan plan = Plan.of(2, 0, true, false);

        assertThat(plan.members())
                .isEqualTo("127.0.0.1:" + plan.nodes().get(0).memberPort() + ",127.0.0.1:"
                        + plan.nodes().get(1).memberPort());
    }
}
