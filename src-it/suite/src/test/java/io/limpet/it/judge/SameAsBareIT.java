package io.limpet.it.judge;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SameAsBareIT {

    private static final String ROUTE = "tide";

    /** How the session is carried: the context-params, behind a letter for the context path. */
    private static final Map<String, Map<String, String>> VARIANTS = Map.of(
            "a", Map.of(),
            "b", Map.of("tracking", "URL"),
            "c",
                    Map.of(
                            "cookie.Name", "__Host-SID",
                            "cookie.Path", "/",
                            "cookie.Secure", "true",
                            "cookie.HttpOnly", "true",
                            "cookie.SameSite", "None",
                            "cookie.Partitioned", ""),
            "d",
                    Map.of(
                            "cookie.Name", "SHOPSESSION",
                            "cookie.Domain", "example.test",
                            "cookie.Max-Age", "3600",
                            "cookie.SameSite", "Strict"));

    @ParameterizedTest
    @EnumSource
    void anApplicationBehavesWithTheFilterAsWithoutIt(Container container) {
        try (ProbeNode node = start(container)) {
            node.awaitReady();
            Judge judge = new Judge(container, ROUTE, node.uri());
            SoftAssertions same = new SoftAssertions();
            VARIANTS.keySet().stream().sorted().forEach(variant -> compare(judge, variant, same));
            same.assertAll();
        }
    }

    private static ProbeNode start(Container container) {
        Map<String, ProbeWar> wars = new LinkedHashMap<>();
        VARIANTS.forEach((variant, contextParams) -> {
            for (Limpet limpet : Limpet.values()) {
                if (variant.equals("a") || limpet != Limpet.FAILOVER) {
                    wars.put(context(variant, limpet), new ProbeWar(limpet, contextParams));
                }
            }
        });
        Node node = new Node(ROUTE, FreePorts.next(), FreePorts.next());
        return ProbeNode.start(container, node, WorkFolder.create(container + "-judge"), wars);
    }

    /** All of one length, as they are parts of what is compared. */
    private static String context(String variant, Limpet limpet) {
        return "/" + variant + limpet.ordinal();
    }

    private static void compare(Judge judge, String variant, SoftAssertions same) {
        boolean all = variant.equals("a");
        for (Conversation conversation : all ? Conversation.ALL : Conversation.OF_COOKIES) {
            var bare = judge.hear(conversation, context(variant, Limpet.NONE));
            same.assertThat(judge.hear(conversation, context(variant, Limpet.FILTER)))
                    .as("%s, %s with the filter: %s", judge.container(), variant, conversation.name())
                    .isEqualTo(bare);
            if (all) {
                same.assertThat(judge.hear(conversation, context(variant, Limpet.FAILOVER)))
                        .as("%s with failover: %s", judge.container(), conversation.name())
                        .isEqualTo(bare);
            }
        }
    }
}
