package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InquiriesTest {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final Node a = Members.node("a");
    private final Node b = Members.node("b");
    private final NodeHealth health = new NodeHealth(List.of(a, b), new Thresholds(1, 1));
    private final List<String> asked = new ArrayList<>();
    private final List<CompletableFuture<ProbeAnswer>> open = new ArrayList<>();
    private final List<CompletableFuture<Void>> pauses = new ArrayList<>();
    private long now;
    private final Inquiries inquiries = new Inquiries(health, this::probe, INTERVAL, () -> now, this::pause);

    private CompletableFuture<ProbeAnswer> probe(Node node, String context) {
        asked.add(node + context);
        CompletableFuture<ProbeAnswer> answer = new CompletableFuture<>();
        open.add(answer);
        return answer;
    }

    private CompletableFuture<Void> pause(long nanos) {
        CompletableFuture<Void> pause = new CompletableFuture<>();
        pauses.add(pause);
        if (nanos <= 0) {
            pause.complete(null);
        }
        return pause;
    }

    private CompletableFuture<?> ask(Node node, String context) {
        return inquiries.ask(node, context).toCompletableFuture();
    }

    private boolean isHeard(Node node, String context) {
        return ask(node, context).isDone();
    }

    private NodeState state(Node node) {
        return health.nodes().named(node.route()).orElseThrow().state();
    }

    @Test
    void thoseWhoAskMeanwhileShareOneMoreInquiryBehindIt() {
        CompletableFuture<?> first = ask(a, "/shop");
        now += INTERVAL.toNanos();
        CompletableFuture<?> second = ask(a, "/shop");
        CompletableFuture<?> third = ask(a, "/shop");
        assertThat(asked).containsExactly("a/shop");

        open.get(0).complete(new ProbeAnswer.Well(false));
        assertThat(first).isDone();
        assertThat(second).isNotDone();
        assertThat(asked).containsExactly("a/shop", "a/shop");
        open.get(1).complete(new ProbeAnswer.Well(false));
        assertThat(second).isDone();
        assertThat(third).isDone();
        assertThat(asked).hasSize(2);
    }

    @Test
    void thoseWhoAskSoonAfterwardsShareOneInquiryHalfAnIntervalAfterTheLast() {
        long half = INTERVAL.toNanos() / 2;
        assertThat(isHeard(a, "/shop")).isFalse();
        open.get(0).complete(new ProbeAnswer.Well(false));
        now = half - 1;
        CompletableFuture<?> second = ask(a, "/shop");
        CompletableFuture<?> third = ask(a, "/shop");
        assertThat(pauses).hasSize(1);
        assertThat(asked).containsExactly("a/shop");

        now = half;
        pauses.get(0).complete(null);
        assertThat(asked).containsExactly("a/shop", "a/shop");
        assertThat(second).isNotDone();
        open.get(1).complete(new ProbeAnswer.Undeployed("it answered 404"));
        assertThat(second).isDone();
        assertThat(third).isDone();
        assertThat(state(a)).isEqualTo(NodeState.DOWN);

        now = 2 * half;
        assertThat(isHeard(a, "/shop")).isFalse();
        assertThat(asked).hasSize(3);
    }

    @Test
    void eachNodeIsAskedForEachApplication() {
        assertThat(isHeard(a, "/shop")).isFalse();
        assertThat(isHeard(b, "/shop")).isFalse();
        assertThat(isHeard(a, "/desk")).isFalse();
        assertThat(asked).containsExactly("a/shop", "b/shop", "a/desk");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void silenceIsNoEvidenceAgainstTheNode(boolean timesOut) {
        CompletableFuture<?> heard = ask(a, "/shop");
        if (timesOut) {
            open.get(0).complete(new ProbeAnswer.Unwell("it did not answer within 1000 ms"));
        } else {
            open.get(0).completeExceptionally(new IllegalStateException("broken"));
        }
        assertThat(heard).isDone();
        assertThat(state(a)).isEqualTo(NodeState.READY);
    }

    @Test
    void anApplicationThatIsGoneIsHeard() {
        assertThat(isHeard(a, "/shop")).isFalse();
        open.get(0).complete(new ProbeAnswer.Undeployed("it answered 404"));
        assertThat(state(a)).isEqualTo(NodeState.DOWN);
    }
}
