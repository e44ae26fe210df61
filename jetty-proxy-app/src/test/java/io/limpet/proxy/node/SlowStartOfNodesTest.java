package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For how long nodes count as up, which is how slowly they start. */
class SlowStartOfNodesTest {

    private static final ProbeAnswer WELL = new ProbeAnswer.Well(false);

    private final Node n1 = Members.node("n1");
    private final Node joined = Members.node("n2");
    private final NodeHealth health = new NodeHealth(List.of(n1), new Thresholds(1, 1));

    private static ProbeAnswer upFor(long seconds) {
        return new ProbeAnswer.Well(false, NodeReport.of(0, 0, false, 0).upFor(seconds));
    }

    private Duration up(Node node) {
        return Duration.ofNanos(
                health.nodes().named(node.route()).orElseThrow().share().upFor(System.nanoTime()));
    }

    @Test
    void aNodeThatThereIsAtTheProxysStartHasAlwaysBeenUp() {
        health.hear(n1, WELL);
        assertThat(up(n1)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void aNodeThatTellsThatItIsYoungAtTheProxysStartIsAsYoungAsItTells() {
        health.hear(n1, upFor(7));
        assertThat(up(n1)).isBetween(Duration.ofSeconds(7), Duration.ofMinutes(1));
        health.hear(n1, upFor(8));
        assertThat(up(n1)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aNodeThatTellsThatItIsOldNeedsNoSlowStart() {
        health.hear(n1, upFor(Duration.ofDays(3).toSeconds()));
        assertThat(up(n1)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void aNodeThatIsDownAtTheProxysStartIsNewWhenItComesUp() {
        health.hear(n1, new ProbeAnswer.Refused("connection refused"));
        health.hear(n1, WELL);
        assertThat(up(n1)).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void aNodeThatJoinsIsNewWhenAProbeHasFoundIt() {
        health.configure(List.of(n1, joined), new Thresholds(1, 1));
        health.hear(joined, upFor(Duration.ofDays(3).toSeconds()));
        assertThat(up(joined)).isLessThan(Duration.ofMinutes(1));
        assertThat(up(n1)).isGreaterThan(Duration.ofDays(365));
    }

    @Test
    void aNodeThatWasRestartedBetweenTwoProbesIsNew() {
        health.hear(n1, upFor(3_000));
        health.hear(n1, upFor(1));
        assertThat(up(n1)).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
        health.hear(n1, new ProbeAnswer.Refused("connection refused"));
        health.hear(n1, upFor(40));
        assertThat(up(n1)).isLessThan(Duration.ofSeconds(30));
    }
}
