package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.attack.Attack;
import io.limpet.proxy.attack.Finding;
import io.limpet.proxy.attack.NaiveRelay;
import io.limpet.proxy.attack.RecordingOrigin;
import io.limpet.proxy.attack.Siege;
import io.limpet.proxy.node.Node;
import io.limpet.route.Route;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Requests that attack are refused, or reach a node as the one request that a strict reader sees in them.
 *
 * <p>The attacks stand in {@code src/test/resources/io/limpet/proxy/attack}, a file for each family.
 */
class HostileRequestsTest {

    private static final List<Attack> ATTACKS = Siege.all();

    /** A proxy before this origin, while it is asked something. */
    private interface Lane {
        List<String> underAttack(List<Attack> attacks, RecordingOrigin origin);
    }

    @Test
    void theCorpusHasAnAttackForEachName() {
        Map<String, Attack> byName = new TreeMap<>();
        ATTACKS.forEach(attack -> assertThat(byName.put(attack.name(), attack)).isNull());
        assertThat(ATTACKS).hasSizeGreaterThanOrEqualTo(300);
    }

    @Test
    void noAttackReachesANodeAsAnythingElseThanWhatTheClientSent() {
        areHarmless((attacks, origin) -> {
            try (TestProxy proxy = TestProxy.over(nodeAt(origin))) {
                return wrong(attacks, proxy.port(), origin);
            }
        });
    }

    @Test
    void norDoesOneInAServerOfSomebodyElses() {
        areHarmless((attacks, origin) -> {
            Map<String, String> parameters =
                    Map.of("nodes", "n1=" + nodeAt(origin).uri(), "health.interval", "60m");
            try (ForeignJetty server = ForeignJetty.strict(parameters)) {
                return wrong(attacks, server.port(), origin);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void areHarmless(Lane proxy) {
        int lanes = 4;

        List<String> wrong = IntStream.range(0, lanes)
                .parallel()
                .mapToObj(lane -> IntStream.range(0, ATTACKS.size())
                        .filter(i -> i % lanes == lane)
                        .mapToObj(ATTACKS::get)
                        .toList())
                .flatMap(attacks -> underAttack(proxy, attacks).stream())
                .toList();

        assertThat(wrong).isEmpty();
    }

    private static List<String> underAttack(Lane proxy, List<Attack> attacks) {
        try (RecordingOrigin origin = RecordingOrigin.start()) {
            return proxy.underAttack(attacks, origin);
        }
    }

    private static List<String> wrong(List<Attack> attacks, int port, RecordingOrigin origin) {
        Awaitility.await("the first probe").until(() -> origin.count() == 1);
        List<String> wrong = new ArrayList<>();
        Siege siege = new Siege(port, origin);
        for (Attack attack : attacks) {
            siege.findings(attack).forEach(finding -> wrong.add(attack + ": " + finding));
        }
        return wrong;
    }

    /** What a proxy that hands on every byte would be blamed for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "codings/cl-te | AMBIGUOUS",
                "codings/obfuscated-twice | AMBIGUOUS",
                "lengths/twice-different | AMBIGUOUS",
                "chunks/lf-in-extension | AMBIGUOUS",
                "request-lines/lf-ends | AMBIGUOUS",
                "fields/folded-field | AMBIGUOUS",
                "hosts/two | AMBIGUOUS",
                "private-paths/dot-dot-semicolon | PRIVATE",
                "private-paths/encoded-slash-twice | PRIVATE",
                "identity/x-forwarded-for | FORGED",
                "connections/upgrade-h2c | LEAKED",
                "methods/close-first | UNASKED",
                "methods/trace | UNEXPECTED"
            })
    void aRelayThatRefusesNothingIsFoundOut(String name, Finding.Kind kind) {
        Attack attack = ATTACKS.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        try (RecordingOrigin origin = RecordingOrigin.start();
                NaiveRelay relay = NaiveRelay.before(origin.port())) {
            assertThat(new Siege(relay.port(), origin).findings(attack)).anyMatch(finding -> finding.kind() == kind);
        }
    }

    private static Node nodeAt(RecordingOrigin origin) {
        return new Node(new Route("n1"), URI.create("http://127.0.0.1:" + origin.port()));
    }
}
