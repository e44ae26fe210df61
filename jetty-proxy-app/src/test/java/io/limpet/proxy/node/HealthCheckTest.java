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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    private final List<Runnable> later = new CopyOnWriteArrayList<>();
    private final HealthCheck check = check(new ProbePace(Duration.ofHours(1), Duration.ofSeconds(1), 1));

    private HealthCheck check(ProbePace pace) {
        return new HealthCheck(health, probes, pace, (task, delay) -> later.add(task));
    }

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
    void whatBreaksAProbeBehindTheEndIsNotTheNodes() {
        check.probeAll();
        check.end();
        probes.open.forEach(probe -> probe.complete(new ProbeAnswer.Unwell("the proxy has closed its connections")));

        assertThat(health.nodes().all()).noneMatch(member -> member.state() == NodeState.DOWN);
        assertThat(probes.asked).containsExactly(a, b);
    }

    @Test
    void aNodeThatIsWaitedForIsProbedInBetween() {
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        try {
            check.start(scheduler);
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

    @Test
    void aSilentNodeIsAskedAgainAsOftenAsItTakesToFindItOut() {
        check(new ProbePace(Duration.ofSeconds(1), Duration.ofSeconds(1), 3)).probeAll();
        probes.open.get(1).complete(new ProbeAnswer.Well(false));
        for (int i = 0; i < later.size(); i++) { // each may add one
            later.get(i).run();
        }
        assertThat(probes.asked).containsExactly(a, b, a, a);

        probes.open.forEach(probe -> probe.complete(new ProbeAnswer.Unwell("it did not answer within 1000 ms")));
        assertThat(health.nodes()).hasToString("a down (it did not answer within 1000 ms), b ready");
    }

    @Test
    void aNodeThatIsDownIsNotAskedAgainBeforeItsTime() {
        check(new ProbePace(Duration.ofSeconds(1), Duration.ofSeconds(1), 3)).probeAll();
        health.refused(a, "connection refused");
        health.refused(b, "connection refused");
        later.forEach(Runnable::run);

        assertThat(probes.asked).containsExactly(a, b);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 3, 500",
        "1000, 1000, 2, 100",
        "1000, 400, 3, 800",
        "1000, 5000, 3, 100",
        "1000, 900, 1, 1000"
    })
    void theLastBadAnswerOfANodeThatStopsComesAtIntervalTimesFall(
            long interval, long timeout, int fall, long patience) {
        ProbePace pace = new ProbePace(Duration.ofMillis(interval), Duration.ofMillis(timeout), fall);
        assertThat(pace.patience()).hasMillis(patience);
    }
}
