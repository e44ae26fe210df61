package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Browser;

/** What an application injects to learn of Limpet: {@code @Inject Route} and {@code @Inject Affinity}. */
final class Injection {

    private Injection() {}

    /** The node's name and why it serves: anybody's first request, and then a request of its own session. */
    static void saysWhyANodeServes(Subject subject) {
        Why first = subject.cluster().browser().get("/api/why").json(Why.class);
        assertThat(first).isEqualTo(new Why(first.node(), first.node(), "FRESH", ""));

        for (String node : new String[] {"n1", "n2"}) {
            Browser visitor = subject.visitorOf(node);
            assertThat(visitor.get("/api/why").json(Why.class)).isEqualTo(new Why(node, node, "OWNER", ""));
        }
    }

    /**
     * What the application was told.
     *
     * @param adoptedFrom the nodes whose sessions it has seen come
     */
    record Why(String node, String servedBy, String choice, String adoptedFrom) {}
}
