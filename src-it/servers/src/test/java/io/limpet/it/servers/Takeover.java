package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.SessionCookie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What holds when a node goes. */
final class Takeover {

    static final int PARALLEL = 20;

    private Takeover() {}

    /** The cart and the user are there at the first request after a {@code kill -9}, with one new cookie. */
    static void theFirstRequestAfterAKillFindsTheCart(Subject subject) {
        subject.cluster().repair();
        Browser browser = subject.visitorOf("n1");
        Cart before = browser.post("/api/login?user=Ishmael").cart();
        String old = browser.session();

        subject.cluster().kill("n1");
        Answer first = browser.get("/api/cart");

        assertThat(first.cart().items()).containsExactly("mug");
        assertThat(first.cart().user()).isEqualTo("Ishmael");
        assertThat(first.cart().visits()).isEqualTo(before.visits() + 1);
        assertThat(first.setCookies()).hasSize(1);
        SessionCookie cookie = first.sessionCookies().get(0);
        assertThat(cookie.route()).isEqualTo(first.cart().node()).isNotEqualTo("n1");
        assertThat(cookie.untagged()).matches(subject.sessionValue());
        assertThat(cookie.attributes()).isEqualTo(subject.bare().attributes());

        Answer second = browser.post("/api/cart?item=spyglass");
        assertThat(second.setCookies()).isEmpty();
        assertThat(second.cart().node()).isEqualTo(first.cart().node());
        assertThat(second.cart().items()).containsExactly("mug", "spyglass");

        // a tab that was opened before the kill
        Cart late = Browser.with(subject.cluster().uri(), old).cart();
        assertThat(late.session()).isEqualTo(second.cart().session());
        assertThat(late.items()).containsExactly("mug", "spyglass");
    }

    /** Many requests with the cookie of a dead node meet in one new session. */
    static void manyRequestsAtOnceBecomeOneSession(Subject subject) throws Exception {
        subject.cluster().repair();
        String old = subject.visitorOf("n2").session();

        subject.cluster().kill("n2");
        List<Answer> answers =
                atOnce(() -> Browser.with(subject.cluster().uri(), old).get("/api/cart"));

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.cart().items()).containsExactly("mug"));
        assertThat(answers.stream().map(answer -> answer.cart().session()).distinct())
                .hasSize(1);
        List<String> cookies = answers.stream()
                .flatMap(answer -> answer.sessionCookies().stream())
                .map(SessionCookie::value)
                .distinct()
                .toList();
        assertThat(cookies).hasSize(1);
        Cart after = Browser.with(subject.cluster().uri(), cookies.get(0)).cart();
        assertThat(after.items()).containsExactly("mug");
        assertThat(after.visits()).isEqualTo(1 + PARALLEL + 1);
    }

    static List<Answer> atOnce(Callable<Answer> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer :
                    threads.invokeAll(Collections.nCopies(PARALLEL, request), 1, TimeUnit.MINUTES)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    /** A server that is stopped ends its sessions; in the cluster they live on. */
    static void sessionsOutliveANodeThatIsStopped(Subject subject) {
        subject.cluster().repair();
        List<Browser> browsers =
                Stream.generate(() -> subject.visitorOf("n3")).limit(5).toList();

        subject.cluster().stop("n3");

        for (Browser browser : browsers) {
            Answer answer = browser.get("/api/cart");
            assertThat(answer.cart().items()).containsExactly("mug");
            assertThat(answer.cart().node()).isNotEqualTo("n3");
            assertThat(answer.setCookies()).hasSize(1);
        }
    }
}
