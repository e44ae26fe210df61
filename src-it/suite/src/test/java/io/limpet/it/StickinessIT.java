package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.SessionCookie;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0}")
@MethodSource("open")
class StickinessIT {

    private static final int SESSIONS = 200;

    /** A session that begins: who began it, and the answer in which it did. */
    record Arrival(Browser browser, Answer answer) {

        static Arrival at(Cluster cluster) {
            Browser browser = cluster.browser();
            return new Arrival(browser, browser.get("/api/cart"));
        }

        Cart cart() {
            return answer.cart();
        }

        SessionCookie cookie() {
            assertThat(answer.setCookies()).hasSize(1);
            return answer.sessionCookies().get(0);
        }
    }

    private final Cluster cluster;
    private final List<Arrival> arrivals;

    /**
     * The tests of one server.
     *
     * @param cluster is closed by JUnit behind the last of them
     * @param arrivals of the sessions that they share
     */
    StickinessIT(Cluster cluster, List<Arrival> arrivals) {
        this.cluster = cluster;
        this.arrivals = arrivals;
    }

    static Stream<Arguments> open() {
        return Stream.of(Container.values()).map(container -> {
            Cluster cluster = Cluster.start(container, 3, Failover.OFF);
            return Arguments.of(
                    cluster,
                    Stream.generate(() -> Arrival.at(cluster)).limit(SESSIONS).toList());
        });
    }

    @Test
    void everyNodeGetsItsShareOfTheSessions() {
        Map<String, Long> shares =
                arrivals.stream().collect(Collectors.groupingBy(it -> it.cart().node(), Collectors.counting()));

        assertThat(shares).containsOnlyKeys("n1", "n2", "n3");
        assertThat(shares.values()).allSatisfy(share -> assertThat(share).isGreaterThan(SESSIONS / 10));
    }

    @Test
    void aNewSessionGetsOneCookieWhichIsTheContainersOwnWithItsNodeBehindIt() throws Exception {
        SessionCookie bare = BareContainer.sessionCookie(cluster.server());
        assertThat(bare.value()).matches(cluster.server().sessionValue());

        assertThat(arrivals).allSatisfy(arrival -> {
            SessionCookie cookie = arrival.cookie();
            assertThat(cookie.route()).isEqualTo(arrival.cart().node());
            assertThat(cookie.untagged()).matches(cluster.server().sessionValue());
            assertThat(cookie.attributes()).isEqualTo(bare.attributes());
        });
    }

    @Test
    void theApplicationSeesTheContainersIdWithoutARoute() {
        assertThat(arrivals)
                .allSatisfy(arrival -> assertThat(arrival.cookie().untagged())
                        .startsWith(arrival.cart().session()));
    }

    @Test
    void everyLaterRequestIsServedByTheSameNodeInTheSameSessionAndSetsNoCookie() {
        assertThat(arrivals).allSatisfy(arrival -> {
            List<Answer> later = List.of(
                    arrival.browser().post("/api/cart?item=mug"),
                    arrival.browser().get("/api/cart"),
                    arrival.browser().get("/"),
                    arrival.browser().get("/no/such/page"),
                    arrival.browser().get("/api/cart"));

            assertThat(later)
                    .allSatisfy(answer -> assertThat(answer.setCookies()).isEmpty());
            assertThat(later.get(3).status()).isEqualTo(404);
            Cart cart = later.get(4).cart();
            assertThat(cart.node()).isEqualTo(arrival.cart().node());
            assertThat(cart.items()).contains("mug");
        });
    }

    @Test
    void loggingInGivesOneNewCookieOnTheSameNode() {
        for (int i = 0; i < 30; i++) {
            Browser browser = cluster.browser();
            String node = browser.add("mug").node();
            String before = browser.session();

            Answer login = browser.post("/api/login?user=Ishmael");

            assertThat(login.setCookies()).hasSize(1);
            SessionCookie cookie = login.sessionCookies().get(0);
            assertThat(cookie.value()).isNotEqualTo(before);
            assertThat(cookie.untagged()).matches(cluster.server().sessionValue());
            assertThat(cookie.route()).isEqualTo(node);
            Answer after = browser.get("/api/cart");
            assertThat(after.setCookies()).isEmpty();
            assertThat(after.cart().items()).containsExactly("mug");
            assertThat(after.cart().user()).isEqualTo("Ishmael");
            assertThat(after.cart().node()).isEqualTo(node);
        }
    }

    @Test
    void loggingOutEndsTheSessionForGood() {
        Browser browser = cluster.browser();
        browser.add("mug");
        String old = browser.session();

        assertThat(browser.post("/api/logout").status()).isEqualTo(200);

        Cart again = Browser.with(cluster.uri(), old).cart();
        assertThat(again.items()).isEmpty();
        assertThat(again.visits()).isEqualTo(1);
    }

    @Test
    void aNodesStatusIsNotForTheWorld() {
        assertThat(cluster.browser().get("/limpet/status").status()).isEqualTo(404);
    }
}
