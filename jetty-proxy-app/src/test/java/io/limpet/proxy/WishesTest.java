package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishesTest {

    private static final String TOKEN = "0123456789abcdef";

    private final SocketNode n1 = node("n1");
    private final SocketNode n2 = node("n2");
    private final TestProxy proxy = TestProxy.given(
            new GivenSettings()
                    .add(Setting.BALANCE, "round-robin", "")
                    .add(Setting.IGNORE, "/static/*, *.css", "")
                    .add(Setting.TESTER_TOKEN, TOKEN, ""),
            n1.node(),
            n2.node());

    private static SocketNode node(String name) {
        return SocketNode.start(
                name,
                (head, connection) -> SocketNode.write(
                        connection,
                        "HTTP/1.1 200 OK\r\nServed-By: " + name
                                + "\r\nSet-Cookie: JSESSIONID=new; Path=/\r\nSet-Cookie: theme=dark\r\n"
                                + "Content-Length: 0\r\n\r\n"));
    }

    @AfterEach
    void close() {
        proxy.close();
        n1.close();
        n2.close();
    }

    private static String last(SocketNode node) {
        return node.heads().get(node.heads().size() - 1);
    }

    private Set<String> servers(String path, String... headerLines) {
        Set<String> servers = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            servers.addAll(proxy.get(path, headerLines).values("Served-By"));
        }
        return servers;
    }

    @ParameterizedTest
    @CsvSource({"/static/logo.png", "/shop/main.css", "/static/..%3B/x.css?v=1"})
    void anyNodeServesAnIgnoredPathAndSeesNoSession(String path) {
        assertThat(servers(path, "Cookie: a=b; JSESSIONID=4F2A.n1; c=d")).containsExactly("n1", "n2");
        assertThat(last(n2)).contains("Cookie: a=b; c=d\r\n");
    }

    @Test
    void whatAnIgnoredPathAnswersDoesNotReplaceTheSession() {
        assertThat(proxy.get("/static/logo.png", "Cookie: JSESSIONID=4F2A.n1").values("Set-Cookie"))
                .containsExactly("theme=dark");
        assertThat(proxy.get("/static/logo.png").values("Set-Cookie"))
                .hasSize(2)
                .contains("theme=dark");
    }

    @ParameterizedTest
    @CsvSource({"/statics", "/shop", "/shop/main.css/edit", "/static/a;jsessionid=4F2A.n1"})
    void otherPathsKeepToTheirNode(String path) {
        assertThat(servers(path, "Cookie: JSESSIONID=4F2A.n1")).containsExactly("n1");
    }

    @Test
    void aPostToAnIgnoredPathKeepsToItsNode() {
        for (int i = 0; i < 4; i++) {
            assertThat(proxy.post("/static/upload", "x", "Cookie: JSESSIONID=4F2A.n1")
                            .values("Served-By"))
                    .containsExactly("n1");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"Limpet-Tester: n2:0123456789abcdef", "Cookie: limpet-tester=n2:0123456789abcdef; a=b"})
    void aTesterReachesTheNodeThatHeNames(String line) {
        assertThat(servers("/", line)).containsExactly("n2");
        assertThat(last(n2)).doesNotContainIgnoringCase("tester").doesNotContain(TOKEN);
    }

    @Test
    void aTesterReachesANodeInMaintenanceAndNobodyElseDoes() {
        proxy.maintain(n2.node());
        assertThat(servers("/")).containsExactly("n1");
        assertThat(servers("/", "Cookie: JSESSIONID=4F2A.n2")).containsExactly("n1");
        assertThat(servers("/", "Cookie: JSESSIONID=4F2A.n2; limpet-tester=n2:" + TOKEN))
                .containsExactly("n2");
        assertThat(last(n2)).contains("JSESSIONID=4F2A\r\n");
    }

    @Test
    void aTesterReachesANodeThatIsDownAlsoWithASessionOfAnother() {
        n2.close();
        assertThat(proxy.get("/", "Cookie: JSESSIONID=4F2A.n1; limpet-tester=n2:" + TOKEN)
                        .status())
                .isEqualTo(503);
        assertThat(n1.heads()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"n2:0123456789abcdeF", "n2", "n2:", ":0123456789abcdef", "0123456789abcdef", "n9 :0123456789abcdef"})
    void withoutTheTokenNobodyChooses(String value) {
        assertThat(servers("/", "Cookie: JSESSIONID=4F2A.n1; limpet-tester=" + value))
                .containsExactly("n1");
    }
}
