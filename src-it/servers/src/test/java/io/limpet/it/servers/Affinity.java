package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Node;
import java.util.List;
import java.util.stream.Stream;

/** What holds while no node dies. */
final class Affinity {

    private static final int SESSIONS = 60;
    private static final int LOGINS = 5;

    private Affinity() {}

    /** Every session stays on the node where it began, and every node has some. */
    static void everySessionStaysOnItsNode(Subject subject) {
        List<Browser> browsers = visitors(subject, SESSIONS);
        List<Cart> first = browsers.stream().map(browser -> browser.add("mug")).toList();
        assertThat(first.stream().map(Cart::node).distinct())
                .hasSize(subject.cluster().nodes().size());

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < SESSIONS; i++) {
                Answer later = browsers.get(i).get("/api/cart");
                assertThat(later.setCookies()).isEmpty();
                assertThat(later.cart().node()).isEqualTo(first.get(i).node());
                assertThat(later.cart().items()).containsExactly("mug");
            }
        }
    }

    /** The server's own cookie, once, with its node behind the value and nothing else changed. */
    static void aNewSessionGetsOneCookieTaggedOnce(Subject subject) {
        assertThat(subject.bare().value()).matches(subject.sessionValue());
        for (Browser browser : visitors(subject, 10)) {
            Answer answer = browser.get("/api/cart");
            SessionCookie cookie = only(answer);
            assertThat(cookie.route()).isEqualTo(answer.cart().node());
            assertThat(cookie.untagged()).matches(subject.sessionValue());
            assertThat(cookie.attributes()).isEqualTo(subject.bare().attributes());
            // some put marks of their own before the id
            assertThat(cookie.untagged()).contains(answer.cart().session());
        }
    }

    /** Who wrote the route: the filter where the server lets it see the cookie, else the proxy. */
    static String whoTags(Subject subject) {
        Node node = subject.cluster().nodes().get(0);
        SessionCookie cookie = only(new Browser(node.uri()).get("/api/cart"));
        if (subject.sessionValue().matcher(cookie.value()).matches()) {
            return "the proxy";
        }
        assertThat(cookie.untagged()).matches(subject.sessionValue());
        assertThat(cookie.route()).isEqualTo(node.name());
        return "the filter";
    }

    /** One new cookie on the same node; the one from before leads nowhere. */
    static void loggingInChangesTheIdOnce(Subject subject) {
        for (Browser browser : visitors(subject, LOGINS)) {
            String node = browser.add("mug").node();
            String before = browser.session();

            Answer login = browser.post("/api/login?user=Ishmael");

            SessionCookie cookie = only(login);
            assertThat(cookie.value()).isNotEqualTo(before);
            assertThat(cookie.untagged()).matches(subject.sessionValue());
            assertThat(cookie.route()).isEqualTo(node);
            Answer after = browser.get("/api/cart");
            assertThat(after.setCookies()).isEmpty();
            assertThat(after.cart().node()).isEqualTo(node);
            assertThat(after.cart().items()).containsExactly("mug");
            assertThat(after.cart().user()).isEqualTo("Ishmael");
            leadsNowhere(subject, before);
        }
    }

    /** The session is dead on every node. */
    static void loggingOutEndsTheSession(Subject subject) {
        for (Browser browser : visitors(subject, LOGINS)) {
            browser.add("mug");
            String old = browser.session();
            assertThat(browser.post("/api/logout").status()).isEqualTo(200);
            leadsNowhere(subject, old);
        }
    }

    private static void leadsNowhere(Subject subject, String session) {
        for (Node node : subject.cluster().nodes()) {
            Cart cart = subject.elsewhere(session, node.name()).cart();
            assertThat(cart.node()).isEqualTo(node.name());
            assertThat(cart.items()).isEmpty();
            assertThat(cart.user()).isNull();
        }
    }

    private static List<Browser> visitors(Subject subject, int count) {
        return Stream.generate(subject.cluster()::browser).limit(count).toList();
    }

    private static SessionCookie only(Answer answer) {
        assertThat(answer.setCookies()).hasSize(1);
        return answer.sessionCookies().get(0);
    }
}
