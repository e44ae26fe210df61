package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.RawClient;
import io.limpet.it.client.RawClient.RawAnswer;
import io.limpet.it.cluster.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Whatever a client sends as its session cookie, nothing breaks: not the proxy with its nodes, and not a node that is
 * asked directly, where the server itself can read the cookie.
 */
final class HostileCookies {

    private static final int RANDOM = 40;
    private static final long SEED = 20_261_122;

    // what a cookie header may hold at most is each server's own affair; below 4 KB all read it
    private static final int LONG = 3_000;

    // what servers may write (RFC 6265 4.1.1); to anything else some answer 500, with Limpet and without
    private static final Pattern READABLE = Pattern.compile("[!-~&&[^\",\\\\]][ -~&&[^\",\\\\]]*");

    private HostileCookies() {}

    static void neverBreakAnything(Subject subject) throws IOException {
        for (String cookie : cookies(subject)) {
            RawAnswer proxied = RawClient.get(subject.cluster().uri(), "/api/cart", "Cookie: " + cookie);
            assertThat(proxied.status()).as("through the proxy: " + cookie).isBetween(200, 499);
        }
        Node node = subject.cluster().nodes().get(0);
        for (String cookie : cookies(subject).stream()
                .filter(it -> READABLE.matcher(it).matches())
                .toList()) {
            RawAnswer direct = RawClient.get(node.uri(), "/api/cart", "Cookie: " + cookie);
            assertThat(direct.status()).as("at the node: " + cookie).isBetween(200, 499);
        }
        subject.cluster().assertAlive();
        assertThat(subject.visitorOf(node.name()).cart().items()).containsExactly("mug");
    }

    private static List<String> cookies(Subject subject) {
        String own = subject.bare().value();
        List<String> cookies = new ArrayList<>();
        for (String value : List.of(
                "",
                ".",
                "..",
                ".n1",
                "n1",
                "n1.",
                own,
                own + ".n1",
                own + ".n9",
                own + ".n1.n1",
                own + ".n1.n2.n3",
                own + "..n1",
                own + ".n1.",
                "0000",
                "0000:",
                ":n1",
                "0000x:y.n1",
                "\"" + own + ".n1\"",
                "\"",
                "%00.n1",
                "a\tb.n1",
                "\u00e9.n1",
                "<script>.n1",
                "../../etc/passwd.n1",
                "${jndi:ldap://127.0.0.1/x}.n1",
                "x".repeat(LONG),
                "x".repeat(LONG) + ".n1",
                ".".repeat(LONG) + "n1",
                "io.limpet.moved-to.n2",
                own + ".n1; JSESSIONID=" + own + ".n2; JSESSIONID=x.n3",
                own + ".n9; JSESSIONID=",
                own + ".n1, JSESSIONID=b.n2",
                own + ".n1; Path=/; $Version=1")) {
            cookies.add("JSESSIONID=" + value);
        }
        cookies.add("JSESSIONID");
        cookies.add("=;=;;JSESSIONID=;");
        cookies.add("jsessionid=" + own + ".n1");
        Random random = new Random(SEED);
        for (int i = 0; i < RANDOM; i++) {
            StringBuilder value = new StringBuilder("JSESSIONID=");
            int length = 1 + random.nextInt(60);
            for (int c = 0; c < length; c++) {
                value.append((char) (0x21 + random.nextInt(0x5e)));
            }
            cookies.add(value.append(".n").append(1 + random.nextInt(4)).toString());
        }
        return cookies;
    }
}
