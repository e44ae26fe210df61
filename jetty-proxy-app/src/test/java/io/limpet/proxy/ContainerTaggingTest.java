package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Route;
import org.junit.jupiter.api.Test;

/** {@code tagging: container}: nodes without the filter, whose container writes and reads the route. */
class ContainerTaggingTest {

    private static Node tagsItself(String name, RawNode node) {
        return new Node(new Route(name), node.node().uri(), Tagging.CONTAINER);
    }

    @Test
    void theRouteIsReadAndNothingIsChanged() {
        String cookie = "Set-Cookie: JSESSIONID=4F2A.n2; Path=/; HttpOnly";
        String location = "Location: /b;jsessionid=4F2A.n2";
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2", cookie, location);
                TestProxy proxy = TestProxy.over(tagsItself("n1", n1), tagsItself("n2", n2))) {
            RawResponse response = proxy.get("/a;jsessionid=4F2A.n2", "Cookie: JSESSIONID=4F2A.n2");

            assertThat(response.headers()).contains(cookie, location);
            assertThat(n2.onlyRequest().line()).isEqualTo("GET /a;jsessionid=4F2A.n2 HTTP/1.1");
            assertThat(n2.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=4F2A.n2");
            assertThat(n2.onlyRequest().values("Limpet-Route")).containsExactly("owner");
        }
    }

    @Test
    void libertyWritesItsCloneBehindAColon() {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(tagsItself("n1", n1), tagsItself("n2", n2))) {
            assertThat(proxy.get("/", "Cookie: JSESSIONID=00004F2A:n2").body()).isEqualTo("n2");
            assertThat(n2.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=00004F2A:n2");
        }
    }

    @Test
    void besideNodesWithTheFilterEachKeepsItsWay() {
        try (RawNode n1 = RawNode.answering("n1", "Set-Cookie: JSESSIONID=4F2A");
                RawNode n2 = RawNode.answering("n2", "Set-Cookie: JSESSIONID=77B1.n2");
                TestProxy proxy = TestProxy.over(n1.node(), tagsItself("n2", n2))) {
            assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1").values("Set-Cookie"))
                    .containsExactly("JSESSIONID=4F2A.n1");
            assertThat(proxy.get("/", "Cookie: JSESSIONID=77B1.n2").values("Set-Cookie"))
                    .containsExactly("JSESSIONID=77B1.n2");
            assertThat(n1.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=4F2A");
            assertThat(n2.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=77B1.n2");
        }
    }

    @Test
    void aColonIsNoRouteOfANodeThatLimpetTags() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(n1.node())) {
            proxy.get("/", "Cookie: JSESSIONID=4F2A:n1");
            assertThat(n1.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=4F2A:n1");
            assertThat(n1.onlyRequest().values("Limpet-Route")).containsExactly("fresh");
        }
    }

    @Test
    void aSessionWhoseNodeIsGoneGoesOverWithItsWholeValue() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.over(
                        tagsItself("n1", n1),
                        new Node(new Route("n2"), RawNode.nobodyAt("n2").uri(), Tagging.CONTAINER))) {
            proxy.get("/", "Cookie: JSESSIONID=4F2A.n2");
            assertThat(n1.onlyRequest().values("Cookie")).containsExactly("JSESSIONID=4F2A.n2");
            assertThat(n1.onlyRequest().values("Limpet-Route")).containsExactly("takeover;from=n2");
        }
    }
}
