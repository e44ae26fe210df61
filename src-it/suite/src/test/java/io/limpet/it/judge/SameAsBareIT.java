package io.limpet.it.judge;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SameAsBareIT {

    private static final String ROUTE = "tide";

    @ParameterizedTest
    @EnumSource
    void anApplicationBehavesWithTheFilterAsWithoutIt(Container container) {
        try (ProbeNode node = start(container)) {
            node.awaitReady();
            Judge judge = new Judge(container, ROUTE, node.uri());
            SoftAssertions same = new SoftAssertions();
            for (Carrier carrier : Carrier.values()) {
                compare(judge, carrier, same);
            }
            same.assertAll();
        }
    }

    private static ProbeNode start(Container container) {
        Map<String, ProbeWar> wars = new LinkedHashMap<>();
        for (Carrier carrier : Carrier.values()) {
            for (Limpet limpet : Limpet.values()) {
                if (carrier == Carrier.COOKIE || limpet != Limpet.FAILOVER) {
                    wars.put(carrier.context(limpet), new ProbeWar(limpet, carrier.contextParams()));
                }
            }
        }
        Node node = new Node(ROUTE, FreePorts.next(), FreePorts.next());
        return ProbeNode.start(container, node, WorkFolder.create(container + "-judge"), wars);
    }

    private static void compare(Judge judge, Carrier carrier, SoftAssertions same) {
        for (Conversation conversation : carrier.conversations()) {
            List<String> bare = judge.hear(conversation, carrier.context(Limpet.NONE));
            same.assertThat(judge.hear(conversation, carrier.context(Limpet.FILTER)))
                    .as("%s, %s with the filter: %s", judge.container(), carrier, conversation.name())
                    .isEqualTo(bare);
            if (carrier == Carrier.COOKIE) {
                same.assertThat(judge.hear(conversation, carrier.context(Limpet.FAILOVER)))
                        .as("%s with failover: %s", judge.container(), conversation.name())
                        .isEqualTo(bare);
            }
        }
    }
}
