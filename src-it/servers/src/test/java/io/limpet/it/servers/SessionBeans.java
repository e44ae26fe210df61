package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.SessionCookie;
import java.util.List;

/**
 * {@code @SessionScoped} beans of CDI, which the server keeps in its own session and changes there. A request with the
 * cookie from before, when the session already lives elsewhere, comes again with the new one: 307.
 */
final class SessionBeans {

    private SessionBeans() {}

    /** The bean is as it was at the first request after a {@code kill -9}, and goes on from there. */
    static void outliveTheirNode(Subject subject) {
        subject.cluster().repair();
        Browser browser = subject.visitorOf("n1");
        // changed in place by several requests, and kept under a new id
        browser.add("spyglass");
        Cart before = browser.post("/api/login?user=Ishmael").cart();
        assertThat(before.visits()).isEqualTo(3);
        String old = browser.session();

        subject.cluster().kill("n1");
        Answer first = browser.get("/api/cart");
        List<String> cookies = first.setCookies();
        SessionCookie cookie = first.sessionCookies().get(0);
        if (first.status() == 307) {
            // OpenWebBeans looks at a session only when a request arrives
            first = browser.get("/api/cart");
        }
        assertThat(first.cart().items()).containsExactly("mug", "spyglass");
        assertThat(first.cart().user()).isEqualTo("Ishmael");
        assertThat(first.cart().visits()).isEqualTo(4);
        assertThat(cookies).hasSize(1);
        assertThat(cookie.route()).isEqualTo(first.cart().node()).isNotEqualTo("n1");
        assertThat(cookie.attributes()).isEqualTo(subject.bare().attributes());

        assertThat(browser.get("/api/why").json(Injection.Why.class).adoptedFrom())
                .isEqualTo("n1");

        Answer second = browser.post("/api/cart?item=rope");
        assertThat(second.setCookies()).isEmpty();
        assertThat(second.cart().items()).containsExactly("mug", "spyglass", "rope");

        // a tab that was opened before the kill
        Browser tab = Browser.with(subject.cluster().uri(), old);
        Answer late = tab.get("/api/cart?x=1");
        assertThat(late.status()).isEqualTo(307);
        assertThat(late.location()).isEqualTo("./cart?x=1");
        assertThat(tab.cart().items()).containsExactly("mug", "spyglass", "rope");
        assertThat(tab.cart().visits()).isEqualTo(7);
    }

    /** Many requests with the cookie of a dead node are all answered from the same bean. */
    static void areOneForManyRequestsAtOnce(Subject subject) throws Exception {
        subject.cluster().repair();
        String old = subject.visitorOf("n2").session();
        // n1 has seen a visitor come back, and knows how its server writes the cookie
        subject.visitorOf("n1").cart();

        subject.cluster().kill("n2");
        List<Answer> answers = Takeover.atOnce(() -> {
            Browser browser = Browser.with(subject.cluster().uri(), old);
            Answer first = browser.get("/api/cart");
            return first.status() == 307 ? browser.get("/api/cart") : first;
        });

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.cart().items()).containsExactly("mug"));
        assertThat(answers.stream().map(answer -> answer.cart().session()).distinct())
                .hasSize(1);
        // none was lost; each is counted before it is answered, and two may read the count after both
        assertThat(answers.stream().map(answer -> answer.cart().visits()).max(Integer::compare))
                .hasValue(1 + Takeover.PARALLEL);
    }
}
