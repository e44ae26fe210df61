package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.node.NodeReport;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A node is asked for its application /desk; the one that is probed is /shop. */
class InquiredNumbersTest {

    private static final String APPLICATIONS = "[{\"context\":\"/shop\",\"sessions\":7,\"seq\":1,\"inFlight\":3,"
            + "\"failover\":\"healthy\"},{\"context\":\"/desk\",\"sessions\":1,\"seq\":1,\"inFlight\":0}]";

    private static String status(String numbers) {
        return "{\"node\":\"n1\",\"state\":\"ready\"," + numbers + ",\"applications\":" + APPLICATIONS + "}";
    }

    /** All that is not a status is missing, without the word of any filter. */
    private static SocketNode node() {
        return SocketNode.start("n1", (head, connection) -> {
            boolean ofShop = head.contains("/shop/limpet/status");
            String body = ofShop
                    ? status("\"sessions\":7,\"inFlight\":3,\"failover\":\"healthy\",\"adopted\":5,\"upSeconds\":9000")
                    : status("\"sessions\":1,\"inFlight\":0,\"failover\":\"off\",\"adopted\":0,\"upSeconds\":0");
            SocketNode.write(
                    connection,
                    "HTTP/1.1 " + (head.contains("/limpet/status") ? 200 : 404) + " So\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body);
        });
    }

    @Test
    void whatOneApplicationTellsOfItselfIsNotTakenForTheProbedOnes() {
        GivenSettings probed = new GivenSettings()
                .add(Setting.HEALTH_PATH, "/shop/limpet/status", "")
                .add(Setting.HEALTH_INTERVAL, "10m", "");
        try (SocketNode n1 = node();
                TestProxy proxy = TestProxy.given(probed, n1.node())) {
            await().until(() -> proxy.tells(n1.node()));
            NodeReport before = proxy.known(n1.node()).report();
            assertThat(proxy.get("/desk/nothing").status()).isEqualTo(404);

            assertThat(n1.heads())
                    .filteredOn(head -> head.contains("/desk/limpet/status"))
                    .hasSize(1);
            NodeReport after = proxy.known(n1.node()).report();
            assertThat(List.of(after.sessions(), after.inFlight(), after.adopted()))
                    .isEqualTo(List.of(7L, 3L, 5L));
            assertThat(after.replicated()).isTrue();
            assertThat(after.applications()).isEqualTo(before.applications());
            assertThat(proxy.known(n1.node()).share().upFor(System.nanoTime()))
                    .as("it needs no slow start")
                    .isEqualTo(Long.MAX_VALUE);
        }
    }
}
