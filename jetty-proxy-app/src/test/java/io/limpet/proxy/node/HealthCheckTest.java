package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

    /** Keeps every probe open until the test answers it. */
    private static final class OpenProbes implements Prober {
        final List<Node> asked = new CopyOnWriteArrayList<>();
        final List<CompletableFuture<ProbeAnswer>> open = new CopyOnWriteArrayList<>();

        @Override
        public CompletionStage<ProbeAnswer> probe(Node node) {
            asked.add(node);
            CompletableFuture<ProbeAnswer> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }
    }

    private final Node a = Members.node("a");
    private final Node b = Members.node("b");
    private final NodeHealth health = new NodeHealth(List.of(a, b), new Thresholds(1, 1));
    private final OpenProbes probes = new OpenProbes();
    private final HealthCheck check = new HealthCheck(health, probes);

    @Test
    void everyNodeIsProbedAtEveryTick() {
        check.probeAll();
        probes.open.forEach(probe -> probe.complete(new ProbeAnswer.Well(false)));
        check.probeAll();

        assertThat(probes.asked).containsExactly(a, b, a, b);
    }

    @Test
    void aNodeThatOwesAnAnswerIsNotAskedAgain() {
        check.probeAll();
        probes.open.get(1).complete(new ProbeAnswer.Well(false));
        check.probeAll();

        assertThat(probes.asked).containsExactly(a, b, b);
    }

    @Test
    void aNodeThatWasToBeAskedMeanwhileIsAskedAtOnceWhenItHasAnswered() {
        check.probeAll();
        probes.open.get(1).complete(new ProbeAnswer.Well(false));
        check.probeAll();
        check.probeAll();
        assertThat(probes.asked).containsExactly(a, b, b);

        probes.open.get(0).complete(new ProbeAnswer.Unwell("no answer within 1000 ms"));
        assertThat(probes.asked).containsExactly(a, b, b, a);
        probes.open.get(3).complete(new ProbeAnswer.Unwell("no answer within 1000 ms"));
        assertThat(probes.asked).hasSize(4);
    }

    @Test
    void aNodeThatIsWaitedForIsProbedInBetween() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            check.start(scheduler, Duration.ofHours(1));
            check.alsoProbe(scheduler, Duration.ofMillis(1), () -> List.of(b));
            await().until(() -> probes.open.size() == 2);
            probes.open.forEach(probe -> probe.complete(new ProbeAnswer.Well(false)));
            await().until(() -> probes.asked.size() == 3);

            assertThat(probes.asked).containsExactly(a, b, b);
        } finally {
            scheduler.shutdownNow();
        }
    }

    @Test
    void theAnswerChangesTheNodesState() {
        check.probeAll();
        probes.open.get(0).complete(new ProbeAnswer.Unwell("it answered 500"));

        assertThat(health.nodes()).hasToString("a down (it answered 500), b ready");
    }

    @Test
    void aProbeThatFailsUnexpectedlyIsABadAnswer() {
        check.probeAll();
        probes.open.get(0).completeExceptionally(new IllegalStateException("broken"));

        assertThat(health.nodes().named(a.route()).orElseThrow().state()).isEqualTo(NodeState.DOWN);
    }
}
