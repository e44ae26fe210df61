package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import java.util.stream.Stream;

/** Who is logged in, as Spring Security keeps it in the session. */
final class SpringLogin {

    private static final String PRIVATE = "/api/private";

    private SpringLogin() {}

    /** A user is asked for no password again because a node died. */
    static void outlivesItsNode(Subject subject) {
        subject.cluster().repair();
        Browser browser = Stream.generate(subject.cluster()::browser)
                .limit(100)
                .filter(it -> it.get("/api/cart").cart().node().equals("n1"))
                .findFirst()
                .orElseThrow();
        Answer stranger = browser.get(PRIVATE);
        assertThat(stranger.status()).isEqualTo(302);
        assertThat(stranger.location()).endsWith("/login");

        Answer login = browser.post("/login?username=ishmael&password=whale");
        assertThat(login.status()).isEqualTo(302);
        assertThat(login.sessionCookies()).hasSize(1);
        assertThat(login.sessionCookies().get(0).route()).isEqualTo("n1");
        assertThat(browser.get(PRIVATE).cart().user()).isEqualTo("ishmael");

        subject.cluster().kill("n1");

        Answer first = browser.get(PRIVATE);
        assertThat(first.cart().user()).isEqualTo("ishmael");
        assertThat(first.cart().visits()).isEqualTo(3);
        assertThat(first.cart().node()).isNotEqualTo("n1");
        assertThat(first.setCookies()).hasSize(1);
        Answer logout = browser.post("/logout");
        assertThat(logout.status()).isEqualTo(302);
        assertThat(browser.get(PRIVATE).status()).isEqualTo(302);
    }
}
