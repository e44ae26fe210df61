package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.Inbound;
import io.limpet.proxy.config.Setting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy in front says of the client counts when it is trusted, and only then. */
class ForwardedTest {

    private static final String[] TOLD = {
        "X-Forwarded-For: 203.0.113.7",
        "X-Forwarded-For: 198.51.100.2",
        "X-Forwarded-Proto: https",
        "X-Forwarded-Host: shop.example",
        "X-Forwarded-Port: 443",
        "Forwarded: for=203.0.113.7;proto=https",
        "X-Real-IP: 203.0.113.7"
    };

    private final RawNode node = RawNode.answering("n1");

    @AfterEach
    void end() {
        node.close();
    }

    private RawRequest seen(String trusted, String... headerLines) {
        return seen(TestInbound.with(Setting.TRUSTED_PROXIES, trusted), headerLines);
    }

    /** From a trusted proxy, with one more setting. */
    private RawRequest seen(Setting setting, String value, String... headerLines) {
        return seen(TestInbound.trusting("127.0.0.1", setting, value), headerLines);
    }

    private RawRequest seen(Inbound inbound, String... headerLines) {
        try (TestProxy proxy = TestProxy.behind(inbound, node.node())) {
            assertThat(proxy.get("/", headerLines).status()).isEqualTo(200);
        }
        return node.onlyRequest();
    }

    @Test
    void aTrustedProxysWordIsKeptAndAddedTo() {
        RawRequest request = seen("127.0.0.0/8", TOLD);

        assertThat(request.values("X-Forwarded-For")).containsExactly("203.0.113.7, 198.51.100.2, 127.0.0.1");
        assertThat(request.values("X-Forwarded-Proto")).containsExactly("https");
        assertThat(request.values("X-Forwarded-Host")).containsExactly("shop.example");
        assertThat(request.values("X-Forwarded-Port")).containsExactly("443");
        assertThat(request.values("Forwarded"))
                .containsExactly("for=203.0.113.7;host=\"shop.example\";proto=https, for=198.51.100.2, "
                        + "for=127.0.0.1;host=\"shop.example\";proto=http");
        assertThat(request.values("X-Real-IP")).isEmpty();
    }

    @Test
    void ofATrustedProxyThatWritesForwardedThatIsKept() {
        RawRequest request = seen(
                Setting.FORWARDED,
                "forwarded",
                "Forwarded: for=\"[2001:db8::7]:4711\";host=\"shop.example:8443\";proto=https",
                "Forwarded: for=198.51.100.2",
                "X-Forwarded-For: 203.0.113.66",
                "X-Forwarded-Proto: ftp",
                "X-Forwarded-Port: 66");

        assertThat(request.values("Forwarded"))
                .containsExactly("for=\"[2001:db8::7]:4711\";host=\"shop.example:8443\";proto=https, "
                        + "for=198.51.100.2, for=127.0.0.1;host=\"shop.example\";proto=http");
        assertThat(request.values("X-Forwarded-For")).containsExactly("2001:db8::7, 198.51.100.2, 127.0.0.1");
        assertThat(request.values("X-Forwarded-Proto")).containsExactly("https");
        assertThat(request.values("X-Forwarded-Host")).containsExactly("shop.example:8443");
        assertThat(request.values("X-Forwarded-Port")).containsExactly("8443");
    }

    /** A proxy that does not know the field lets it pass, whoever has written it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x-forwarded | Forwarded: for=203.0.113.66;host=evil.example;proto=https",
                "forwarded | X-Forwarded-For: 203.0.113.66",
                "forwarded | X-Forwarded-Proto: https",
                "forwarded | X-Forwarded-Host: evil.example",
                "forwarded | Forwarded: for=203.0.113.66;;proto=https",
                "forwarded | Forwarded: for=203.0.113.66\"x",
            })
    void whatATrustedProxyDoesNotWriteIsReplaced(String family, String smuggled) {
        RawRequest request = seen(Setting.FORWARDED, family, smuggled);

        assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(request.values("X-Forwarded-Proto")).containsExactly("http");
        assertThat(request.values("X-Forwarded-Host")).containsExactly("shop.example");
        assertThat(request.values("Forwarded")).containsExactly("for=127.0.0.1;host=\"shop.example\";proto=http");
    }

    @Test
    void whatIsNoAddressIsNotTranslated() {
        RawRequest request = seen("127.0.0.1", "X-Forwarded-For: x\";evil=1, [::1]:80", "X-Forwarded-Proto: a;b=c");

        assertThat(request.values("Forwarded"))
                .containsExactly("for=unknown, for=\"[::1]\", for=127.0.0.1;host=\"shop.example\";proto=http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/8", "::1", ""})
    void anybodyElsesWordIsReplaced(String trusted) {
        RawRequest request = seen(trusted, TOLD);

        assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(request.values("X-Forwarded-Proto")).containsExactly("http");
        assertThat(request.values("X-Forwarded-Host")).containsExactly("shop.example");
        assertThat(request.values("X-Forwarded-Port")).containsExactly("80");
        assertThat(request.values("Forwarded")).containsExactly("for=127.0.0.1;host=\"shop.example\";proto=http");
        assertThat(request.values("X-Real-IP")).isEmpty();
    }

    @Test
    void whatATrustedProxyDoesNotSayThisOneSays() {
        RawRequest request = seen("127.0.0.1", "X-Forwarded-Proto: https");

        assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(request.values("X-Forwarded-Port")).containsExactly("443");
        assertThat(request.values("X-Forwarded-Host")).containsExactly("shop.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X_Forwarded_For",
                "X-Forwarded_For",
                "x_forwarded-proto",
                "X-Forwarded-User",
                "X-Forwarded",
                "X_Real_IP",
                "Limpet_Route",
                "Content_Length"
            })
    void anotherSpellingIsNotATrustedProxysWord(String name) {
        RawRequest request = seen("127.0.0.1", name + ": 1.2.3.4");

        assertThat(request.values(name)).isEmpty();
        assertThat(request.values("X-Forwarded-For")).containsExactly("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "Forwarded", "X-Forwarded-Proto", "X-Forwarded-Host"})
    void whatConnectionNamesIsReplacedAllTheSame(String name) {
        RawRequest request = seen("10.0.0.0/8", name + ": evil.example", "Connection: " + name);

        assertThat(request.values(name)).singleElement().asString().doesNotContain("evil");
    }

    @Test
    void aRedirectToTheHostThatTheTrustedProxyNamesIsTagged() {
        String location = "https://shop.example/cart;jsessionid=4F2A";
        try (RawNode redirecting = RawNode.start("n1", (request, out) -> {
                    RawNode.write(out, "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n");
                    return true;
                });
                TestProxy proxy =
                        TestProxy.behind(TestInbound.with(Setting.TRUSTED_PROXIES, "127.0.0.1"), redirecting.node())) {
            assertThat(proxy.get("/", "X-Forwarded-Proto: https").values("Location"))
                    .containsExactly(location + ".n1");
            assertThat(proxy.get("/").values("Location")).containsExactly(location);
        }
    }
}
