package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StoreBreakerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private final StoreBreaker breaker = new StoreBreaker(TIMEOUT, now::get);

    private void silence() {
        fails(TIMEOUT);
    }

    private void fails(Duration after) {
        assertThatThrownBy(() -> breaker.call(
                        () -> {
                            calls.incrementAndGet();
                            now.addAndGet(after.toNanos());
                            throw new StoreUnavailableException("the test says so");
                        },
                        proof -> true))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aSilentStoreIsNotWaitedForByEveryRequest() {
        for (int i = 0; i < 100; i++) {
            silence();
        }
        assertThat(calls).hasValue(3);
    }

    @Test
    void oneCallTriesAgainWhenATimeoutHasPassed() {
        for (int i = 0; i < 3; i++) {
            silence();
        }
        now.addAndGet(TIMEOUT.toNanos());
        silence();
        silence();
        assertThat(calls).hasValue(4);
    }

    @Test
    void anAnswerClosesIt() {
        for (int i = 0; i < 3; i++) {
            silence();
        }
        now.addAndGet(TIMEOUT.toNanos());
        assertThat(breaker.call(() -> "answer", proof -> true)).isEqualTo("answer");
        silence();
        assertThat(calls).hasValue(4);
    }

    @Test
    void anAnswerThatProvesNothingLeavesItOpenAndTheNextOneMayTry() {
        for (int i = 0; i < 3; i++) {
            silence();
        }
        now.addAndGet(TIMEOUT.toNanos());
        assertThat(breaker.call(() -> "answer", proof -> false)).isEqualTo("answer");

        silence();
        assertThat(calls).as("tried").hasValue(4);
        silence();
        assertThat(calls).as("still open").hasValue(4);
    }

    @Test
    void whoKnowsBetterClosesIt() {
        for (int i = 0; i < 3; i++) {
            silence();
        }

        breaker.close();

        silence();
        assertThat(calls).hasValue(4);
    }

    @Test
    void whatFailsAtOnceCostsNothingAndDoesNotCount() {
        for (int i = 0; i < 10; i++) {
            fails(Duration.ZERO);
        }
        assertThat(calls).hasValue(10);
    }
}
