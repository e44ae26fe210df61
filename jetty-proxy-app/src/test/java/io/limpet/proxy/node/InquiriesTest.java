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
    private long now;
    private final Inquiries inquiries = new Inquiries(health, this::probe, INTERVAL, () -> now);

    private CompletableFuture<ProbeAnswer> probe(Node node, String context) {
        asked.add(node + context);
        CompletableFuture<ProbeAnswer> answer = new CompletableFuture<>();
        open.add(answer);
        return answer;
    }

    private boolean isHeard(Node node, String context) {
        return inquiries.ask(node, context).toCompletableFuture().isDone();
    }

    private NodeState state(Node node) {
        return health.nodes().named(node.route()).orElseThrow().state();
    }

    @Test
    void whoAsksMeanwhileOrSoonAfterwardsGetsTheSameAnswer() {
        assertThat(isHeard(a, "/shop")).isFalse();
        now += INTERVAL.toNanos();
        assertThat(isHeard(a, "/shop")).isFalse();
        open.get(0).complete(new ProbeAnswer.Well(false));
        assertThat(asked).containsExactly("a/shop");

        now = INTERVAL.toNanos() / 2 - 1;
        assertThat(isHeard(a, "/shop")).isTrue();
        assertThat(asked).containsExactly("a/shop");
        now++;
        assertThat(isHeard(a, "/shop")).isFalse();
        assertThat(asked).containsExactly("a/shop", "a/shop");
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
        assertThat(isHeard(a, "/shop")).isFalse();
        if (timesOut) {
            open.get(0).complete(new ProbeAnswer.Unwell("it did not answer within 1000 ms"));
        } else {
            open.get(0).completeExceptionally(new IllegalStateException("broken"));
        }
        assertThat(isHeard(a, "/shop")).isTrue();
        assertThat(state(a)).isEqualTo(NodeState.READY);
    }

    @Test
    void anApplicationThatIsGoneIsHeard() {
        assertThat(isHeard(a, "/shop")).isFalse();
        open.get(0).complete(new ProbeAnswer.Undeployed("it answered 404"));
        assertThat(state(a)).isEqualTo(NodeState.DOWN);
    }
}
