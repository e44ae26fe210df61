package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("open")
class FirstRequestAfterKillIT {

    private static final int PARALLEL = 50;

    private final Cluster cluster;

    FirstRequestAfterKillIT(Cluster cluster) {
        this.cluster = cluster;
    }

    static Stream<Cluster> open() {
        return Stream.of(Container.values()).map(container -> Cluster.start(container, 3, Failover.ON));
    }

    @BeforeEach
    void whole() {
        cluster.repair();
    }

    @Test
    void findsTheCartAndTheUserAndGetsANewRouteInTheSameAnswer() {
        Browser browser = cluster.browser();
        browser.add("mug");
        browser.add("bucket");
        Cart before = browser.post("/api/login?user=Ishmael").cart();
        String old = browser.session();

        cluster.kill(before.node());
        Answer first = browser.get("/api/cart");

        assertThat(first.cart().items()).containsExactly("mug", "bucket");
        assertThat(first.cart().user()).isEqualTo("Ishmael");
        assertThat(first.cart().visits()).isEqualTo(before.visits() + 1);
        assertThat(first.setCookies()).hasSize(1);
        SessionCookie cookie = first.sessionCookies().get(0);
        assertThat(cookie.route()).isEqualTo(first.cart().node()).isNotEqualTo(before.node());
        assertThat(cookie.untagged()).matches(cluster.server().sessionValue());

        Answer second = browser.post("/api/cart?item=spyglass");
        assertThat(second.setCookies()).isEmpty();
        assertThat(second.cart().node()).isEqualTo(first.cart().node());
        assertThat(second.cart().items()).containsExactly("mug", "bucket", "spyglass");

        // a tab that was opened before the kill
        Cart late = Browser.with(cluster.uri(), old).cart();
        assertThat(late.session()).isEqualTo(second.cart().session());
        assertThat(late.items()).containsExactly("mug", "bucket", "spyglass");
    }

    @Test
    void fiftyAtOnceBecomeOneNewSession() throws Exception {
        Browser browser = cluster.browser();
        String node = browser.add("mug").node();
        String old = browser.session();

        cluster.kill(node);
        List<Answer> answers = atOnce(() -> Browser.with(cluster.uri(), old).get("/api/cart"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.cart().items()).containsExactly("mug");
        });
        assertThat(answers.stream().map(answer -> answer.cart().session()).distinct())
                .hasSize(1);
        List<String> sessions = answers.stream()
                .flatMap(answer -> answer.sessionCookies().stream())
                .map(SessionCookie::value)
                .distinct()
                .toList();
        assertThat(sessions).hasSize(1);
        Cart after = Browser.with(cluster.uri(), sessions.get(0)).cart();
        assertThat(after.items()).containsExactly("mug");
        assertThat(answers.stream().map(answer -> answer.cart().node()).collect(Collectors.toSet()))
                .containsExactly(after.node());
    }

    private static List<Answer> atOnce(Callable<Answer> request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Callable<Answer>> all =
                    IntStream.range(0, PARALLEL).mapToObj(i -> request).toList();
            List<Answer> answers = new ArrayList<>();
            for (Future<Answer> answer : threads.invokeAll(all, 1, TimeUnit.MINUTES)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }
}
