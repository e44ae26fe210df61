package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.client.HostileCookies;
import io.limpet.it.client.RawClient;
import io.limpet.it.client.RawClient.RawAnswer;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("open")
class HostileCookieIT {

    private static final int RANDOM_COOKIES = 900;

    private final Cluster cluster;
    private Browser browser;
    private String live = "";

    HostileCookieIT(Cluster cluster) {
        this.cluster = cluster;
        browser = cluster.browser();
    }

    // with failover, so that whatever reaches a node is looked up in the store too
    static Stream<Cluster> open() {
        return Stream.of(Container.values()).map(container -> Cluster.start(container, 2, Failover.ON));
    }

    @BeforeEach
    void somebodyHasACart() {
        browser = cluster.browser();
        browser.add("mug");
        live = browser.session();
    }

    @AfterEach
    void nobodyElseIsHarmed() {
        cluster.assertAlive();
        Cart cart = browser.cart();
        assertThat(cart.items()).containsExactly("mug");
        assertThat(browser.session()).isEqualTo(live);
    }

    // one for each: whoever changes the route of a session that is alive moves it, which is their own affair
    private String newSession() {
        Browser somebody = cluster.browser();
        somebody.add("bucket");
        return somebody.session();
    }

    private RawAnswer send(String path, String... headers) {
        try {
            return RawClient.get(cluster.uri(), path, headers);
        } catch (IOException e) {
            throw new AssertionError("no answer to " + path + " with " + List.of(headers), e);
        }
    }

    private void isNoServerError(RawAnswer answer, String what) {
        assertThat(answer.status()).as(what).isBetween(200, 499);
        assertThat(answer.text()).as(what).doesNotContain("io.limpet");
    }

    @Test
    void whatSomebodyThoughtOfIsNoServerError() {
        HostileCookies.known().forEach(line -> {
            String cookie = HostileCookies.around(newSession(), line);
            isNoServerError(send("/api/cart", "Cookie: " + cookie), cookie);
        });
    }

    @Test
    void whatNobodyThoughtOfIsNoServerError() {
        long seed = new Random().nextLong();
        System.out.println("hostile cookies on " + cluster + " from seed " + seed);
        HostileCookies.random(seed, RANDOM_COOKIES)
                .filter(this::isNotUndertowsOwnMistake)
                .forEach(cookie ->
                        isNoServerError(send("/api/cart", "Cookie: " + cookie), "seed " + seed + ": " + cookie));
    }

    /** Undertow itself answers 500 to {@code $x=} and {@code $Version=1;x;}, before it asks any filter. */
    private boolean isNotUndertowsOwnMistake(String cookie) {
        return cluster.server() != Container.UNDERTOW || !cookie.contains("$");
    }

    @Test
    void aHeadThatIsTooLongIsRefusedAsTheClientsMistake() {
        for (int size : List.of(7_000, 8_200, 20_000, 70_000)) {
            RawAnswer answer = send("/api/cart", "Cookie: JSESSIONID=" + "A".repeat(size));
            assertThat(answer.status())
                    .as("%d bytes", size)
                    .isIn(size == 7_000 ? List.of(200) : List.of(200, 400, 431));
        }
    }

    @Test
    void amongSeveralSessionCookiesTheOneWithAKnownRouteIsFoundInEveryOrder() {
        String right = "JSESSIONID=" + live;
        for (String wrong :
                List.of("JSESSIONID=x", "JSESSIONID=x.nosuchnode", "JSESSIONID=", "JSESSIONID=\"", "other=1")) {
            for (String[] headers : orders(right, wrong)) {
                RawAnswer answer = send("/api/cart", headers);

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).as(String.join(" | ", headers)).contains("\"mug\"");
                assertThat(answer.text()).as(String.join(" | ", headers)).doesNotContain("Set-Cookie");
            }
        }
    }

    private static List<String[]> orders(String right, String wrong) {
        return List.of(
                new String[] {"Cookie: " + right + "; " + wrong},
                new String[] {"Cookie: " + wrong + "; " + right},
                new String[] {"Cookie: " + wrong + "; a=b; " + right + "; " + wrong},
                new String[] {"Cookie: " + right, "Cookie: " + wrong},
                new String[] {"Cookie: " + wrong, "Cookie: " + right});
    }

    @Test
    void aSessionInThePathIsNoServerErrorEither() {
        String other = newSession();
        List<String> sessions =
                List.of("", "x", live, other + ";x", "%00", "%zz", "%22", ".n1", "x.nosuchnode", "a;jsessionid=b.n2");
        for (String session : sessions) {
            isNoServerError(send("/api/cart;jsessionid=" + session), session);
            isNoServerError(send("/;jsessionid=" + session, "Cookie: JSESSIONID=" + live), session);
            isNoServerError(send("/;jsessionid=" + session + "/api/cart"), session);
        }
    }

    @Test
    void aRouteThatNobodyGaveOutLeadsToNoServerErrorAndNotOutOfTheSession() {
        String cookie = HostileCookies.around(newSession(), "JSESSIONID=VALUE.nosuchnode");

        RawAnswer answer = send("/api/cart", "Cookie: " + cookie);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"bucket\"");
    }
}
