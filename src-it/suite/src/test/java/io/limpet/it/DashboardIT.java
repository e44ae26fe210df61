package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.chromium.Chromium;
import io.limpet.it.chromium.Page;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.cluster.Cluster;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Failover;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The dashboard in a real browser, on a proxy before three real nodes. */
class DashboardIT {

    private static final int SESSIONS = 12;

    private final WorkFolder work = WorkFolder.create("dashboard");
    private final int admin = FreePorts.next();
    private final int port = FreePorts.next();

    private Program proxy(Cluster cluster) {
        return ProxyProgram.start(
                work,
                List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline()),
                port,
                cluster.nodes(),
                List.of("--admin", "127.0.0.1:" + admin),
                Map.of(Operator.TOKEN_NAME, Operator.TOKEN));
    }

    private static String card(String node) {
        return "[...document.querySelectorAll(\".node\")].find(n => n.querySelector(\".name\").innerText === \"" + node
                + "\")";
    }

    @Test
    void aNodeIsDrainedByAClickAndItsSessionsAreSeenToMove() {
        // first, because it may skip the test
        try (Chromium chromium = Chromium.start(WorkFolder.create("chromium").folder());
                Cluster cluster = Cluster.start(Container.TOMCAT_10, 3, Failover.ON);
                Program proxy = proxy(cluster)) {
            proxy.awaitLine(Pattern.compile("dashboard, API and metrics are at"));
            List<Browser> browsers = Stream.generate(() -> new Browser(ProxyProgram.uri(port)))
                    .limit(SESSIONS)
                    .toList();
            browsers.forEach(browser -> browser.add("mug"));
            Page page = chromium.open(URI.create("http://127.0.0.1:" + admin + "/"));
            await().until(() ->
                    page.evaluate("document.querySelectorAll(\".node\").length").equals("3"));
            await("the sessions to be seen").until(() -> Integer.parseInt(page.text("#sessions")) >= SESSIONS);

            page.evaluate(card("n2") + ".querySelector(\"[data-order=draining]\").id = \"drain\"");
            page.click("#drain");
            await().until(() ->
                    page.evaluate("document.getElementById(\"ask\").open").equals("true"));
            page.type(Operator.TOKEN);
            page.press("Enter");

            await("the card to show it")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> List.of("moving", "drained")
                            .contains(page.evaluate(card("n2") + ".querySelector(\".state\").innerText")));
            browsers.forEach(browser -> {
                Cart cart = browser.cart();
                assertThat(cart.node()).isNotEqualTo("n2");
                assertThat(cart.items()).hasSize(1);
            });
            await("the moves to be told")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> page.text("#events").contains("for other nodes"));
            assertThat(page.text("#events")).contains("n2 is to be draining", "n2 is drained");

            page.evaluate(card("n2") + ".querySelector(\"[data-order=ready]\").id = \"back\"");
            travelTo(page, "back");
            page.press("Enter");
            await().until(() -> page.evaluate(card("n2") + ".querySelector(\".state\").innerText")
                    .equals("ready"));

            page.evaluate("document.getElementById(\"session\").focus()");
            page.type("4F2A.n2");
            page.press("Enter");
            await().until(() -> page.text("#explained").contains("It goes to n2: owner"));
            new Operator(proxy, work).command("maintenance", "n3", "--context", "/desk");
            await("the order for a context path to be seen")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> page.evaluate(card("n3") + ".querySelector(\".more\").innerText")
                            .equals("/desk is maintenance (admin)"));
            page.evaluate("document.getElementById(\"path\").focus()");
            page.type("/desk");
            page.evaluate("document.getElementById(\"session\").value = \"4F2A.n3\"");
            page.press("Enter");
            await().until(() -> page.text("#explained").contains("its node 'n3' is maintenance"));
            assertFitsAPhoneAndTheNight(page);
            Operator.assertReasonsAddUp(proxy);
        }
    }

    /** By keyboard alone. */
    private static void travelTo(Page page, String id) {
        for (int i = 0; i < 40; i++) {
            page.press("Tab");
            if (page.evaluate("document.activeElement.id").equals(id)) {
                return;
            }
        }
        throw new AssertionError("no way to #" + id + " by the tabulator");
    }

    private static void assertFitsAPhoneAndTheNight(Page page) {
        String ground = "getComputedStyle(document.body).backgroundColor";
        page.colours("light");
        String light = page.evaluate(ground);
        page.colours("dark");
        assertThat(page.evaluate(ground)).isNotEqualTo(light);

        page.resize(360, 740);
        assertThat(Integer.parseInt(page.evaluate("document.documentElement.scrollWidth")))
                .as("nothing stands out on the right")
                .isLessThanOrEqualTo(360);
        assertThat(page.evaluate("[...document.querySelectorAll(\"button[data-order]\")]"
                        + ".every(it => it.offsetHeight >= 40 && it.offsetWidth >= 40)"))
                .as("a thumb finds each button")
                .isEqualTo("true");
        assertThat(page.evaluate(
                        "performance.getEntriesByType(\"resource\").every(it => it.name.startsWith(location.origin))"))
                .as("nothing comes from elsewhere")
                .isEqualTo("true");
    }
}
