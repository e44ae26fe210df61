package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.Timeouts;
import io.limpet.proxy.tls.TestCertificate;
import io.limpet.proxy.tls.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The retry table of {@code docs/failover.md}, cell by cell, against nodes that misbehave on a bare socket. */
class RetryTableTest {

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;

    @BeforeAll
    static void certify() {
        certificate = TestCertificate.in(directory, "n1");
    }

    static List<RetryTable.Cell> possible() {
        return RetryTable.cells().stream()
                .filter(cell -> !cell.answer().equals("–"))
                .toList();
    }

    @Test
    void theTableHasACellForEverySituationAndRequest() {
        List<String> expected = new ArrayList<>();
        for (RetrySituation situation : RetrySituation.values()) {
            for (RetryRequest request : RetryRequest.values()) {
                expected.add(situation + ", " + request + (situation.isImpossibleFor(request) ? ": –" : ""));
            }
        }
        assertThat(RetryTable.cells())
                .extracting(cell -> cell.situation() + ", " + cell.request()
                        + (cell.answer().equals("–") ? ": –" : ""))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("possible")
    void theProxyDoesWhatTheTableSays(RetryTable.Cell cell) throws IOException, InterruptedException {
        RetrySituation situation = cell.situation();
        try (FaultyNode n1 = first(situation);
                FaultyNode n2 = second(situation);
                TestProxy proxy = proxy(situation, n1, n2)) {
            RetrySituation.soon()
                    .until(() ->
                            n1.probes() == 1 && n2.probes() == 1 && n1.openConnections() + n2.openConnections() == 0);
            situation.arrange(n1, n2, proxy);
            Seen first = Seen.by(n1);
            Seen second = Seen.by(n2);

            RawResponse response = cell.request().over(proxy, situation.cookie());

            check(cell, response, Seen.by(n1).since(first), Seen.by(n2).since(second));
        }
    }

    private static FaultyNode first(RetrySituation situation) {
        Optional<SSLContext> tls = situation.isOverTls() ? Optional.of(certificate.serverContext()) : Optional.empty();
        FaultyNode node = new FaultyNode("n1", situation.stateOfFirst(), tls);
        return situation.tellsOfApplications() ? node.telling(situation.applicationsOfFirst()) : node;
    }

    private static FaultyNode second(RetrySituation situation) {
        FaultyNode node = new FaultyNode("n2", "ready");
        return situation.tellsOfApplications() ? node.telling(RetryRequest.APPLICATION, FaultyNode.OTHER) : node;
    }

    private static TestProxy proxy(RetrySituation situation, FaultyNode n1, FaultyNode n2) {
        Timeouts timeouts = new Timeouts(situation.connect(), situation.idle(), Duration.ofSeconds(20));
        return situation.isOverTls()
                ? TestProxy.trusting(new Trust(List.of(certificate.certificate())), n1.node(), n2.node())
                : TestProxy.over(timeouts, n1.node(situation.weightOfFirst()), n2.node());
    }

    /**
     * What a node has seen.
     *
     * @param begun requests of which at least a byte came
     * @param whole those that came to their last byte
     */
    private record Seen(int begun, int whole) {

        static Seen by(FaultyNode node) {
            return new Seen(node.begun(), node.whole());
        }

        Seen since(Seen before) {
            return new Seen(begun - before.begun, whole - before.whole);
        }
    }

    private static void check(RetryTable.Cell cell, RawResponse response, Seen n1, Seen n2) {
        RetryRequest request = cell.request();
        if (request.isPost()) {
            // where there is no application the container has answered
            int first = cell.situation() == RetrySituation.APPLICATION_GONE ? 0 : n1.whole;
            assertThat(first + n2.whole).as("executions").isLessThanOrEqualTo(1);
        }
        // the one case in which a node has a request twice: the first time on a pooled connection that it has reset
        boolean twice =
                cell.situation() == RetrySituation.STALE && cell.answer().equals("same node");
        assertThat(n1.begun).isLessThanOrEqualTo(twice ? 2 : 1);
        assertThat(n2.begun).isLessThanOrEqualTo(1);
        switch (cell.answer()) {
            case "its node", "same node" -> {
                assertWell(request, response, "n1");
                assertThat(n1.begun).isEqualTo(twice ? 2 : 1);
                assertThat(n1.whole).isEqualTo(1);
                assertThat(n2.begun).isZero();
            }
            case "next node" -> {
                assertWell(request, response, "n2");
                assertThat(n2.whole).isEqualTo(1);
            }
            case "any node" -> {
                assertThat(response.status()).isEqualTo(request.wellStatus());
                assertThat(n1.begun + n2.begun).isEqualTo(1);
            }
            case "passed on" -> {
                assertThat(response.status()).isIn(404, 500, 503);
                assertThat(response.values("Node")).containsExactly("n1");
                assertThat(response.body()).isEqualTo(request == RetryRequest.HEAD ? "" : "from n1...");
                assertThat(n2.begun).isZero();
            }
            case "cut" -> {
                assertThat(response.status()).isEqualTo(request.wellStatus());
                assertThat(response.body()).isEqualTo(request == RetryRequest.UPGRADE ? "" : "from ");
                assertThat(n2.begun).isZero();
            }
            case "502", "504" -> {
                assertThat(response.status()).isEqualTo(Integer.parseInt(cell.answer()));
                assertThat(response.values("Node")).isEmpty();
                assertThat(n2.begun).isZero();
            }
            case "503" -> {
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.values("Retry-After")).hasSize(1);
                assertThat(response.values("Node")).isEmpty();
            }
            default -> throw new AssertionError("the table says '" + cell.answer() + "', which is no answer");
        }
    }

    private static void assertWell(RetryRequest request, RawResponse response, String node) {
        assertThat(response.status()).isEqualTo(request.wellStatus());
        assertThat(response.values("Node")).containsExactly(node);
    }
}
