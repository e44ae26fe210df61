package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that servers read differently: refused, unless the operator lets some of them pass, and these byte for byte. */
class AmbiguousPathsTest {

    private static int status(String setting, String path, SocketNode node) {
        try (TestProxy proxy =
                TestProxy.given(new GivenSettings().add(Setting.AMBIGUOUS_PATHS, setting, ""), node.node())) {
            return proxy.get(path).status();
        }
    }

    private static SocketNode node() {
        return SocketNode.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/a//b", "//a", "/a%2Fb", "/a%2fb//c", "/a/..%2fb", "/a%5Cb", "/a\\b", "/a/%2e%2e/b", "/a/..;/b"
            })
    void theyAreRefused(String path) {
        try (SocketNode node = node()) {
            assertThat(status("reject", path, node)).isEqualTo(400);
            assertThat(node.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a//b", "/a/b//", "/a%2Fb", "/a%2fb//c?x=//y"})
    void emptySegmentsAndEncodedSlashesMayPass(String path) {
        try (SocketNode node = node()) {
            assertThat(status("pass", path, node)).isEqualTo(200);
            assertThat(node.heads()).singleElement().asString().startsWith("GET " + path + " HTTP/1.1\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a%5Cb", "/a\\b", "/a/%2e%2e/b", "/a/..;/b", "/a%00b"})
    void noOthersMay(String path) {
        try (SocketNode node = node()) {
            assertThat(status("pass", path, node)).isEqualTo(400);
            assertThat(node.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/limpet//status",
                "//limpet/status",
                "/limpet%2Fstatus",
                "/a%2F..%2Flimpet/status",
                "/shop//limpet%2fdrain"
            })
    void theNodesOwnPathsDoNotExistInThisSpellingEither(String path) {
        try (SocketNode node = node()) {
            assertThat(status("pass", path, node)).isEqualTo(404);
            assertThat(node.heads()).isEmpty();
        }
    }
}
