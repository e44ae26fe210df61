package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.failover.hazelcast.FailingParts.Part;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is asked again, and with what, and who is refused meanwhile. A key's fate is the key, unless it has moved. */
class FailingPartsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final long SLOW = TIMEOUT.toNanos();
    private static final long FAST = 1;

    private final AtomicLong now = new AtomicLong();
    private final Entries entries = mock();
    private final Map<String, Object> moved = new HashMap<>();
    private final List<Part> well = new ArrayList<>();
    private Runnable whenWell = () -> {};
    private final FailingParts failing =
            new FailingParts(entries, TIMEOUT, now::get, () -> CompletableFuture.completedFuture(true), (part, key) -> {
                well.add(part);
                whenWell.run();
            });

    @BeforeEach
    void nobodyAnswersAProbe() {
        when(entries.fate(anyString()))
                .thenAnswer(call -> moved.getOrDefault(call.getArgument(0), call.getArgument(0)));
        when(entries.probe(anyString(), anyInt())).thenReturn(new CompletableFuture<>());
    }

    private static Part part(String fate) {
        return new Part(fate, 0);
    }

    private void fails(String key, int bytes, long nanos) {
        failing.failed(key, new Part(key, bytes), bytes, nanos, "the test says so");
    }

    private void threeAreSilent() {
        List.of("a", "b", "c", "well").forEach(key -> failing.refuseDoubted(part(key), key));
        List.of("a", "b", "c").forEach(key -> fails(key, 0, SLOW));
        now.addAndGet(SLOW);
    }

    private void isRefused(String key) {
        assertThatThrownBy(() -> failing.refuseDoubted(part(key), key)).isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aPartWhoseKeyOthersKeepByNowIsNotAskedForWithItAndFailsNoMore() {
        fails("a", 0, SLOW);
        moved.put("a", "others");

        failing.askAgain();

        verify(entries, never()).probe(anyString(), anyInt());
        assertThat(failing.isEmpty()).isTrue();
        assertThat(well).containsExactly(part("a"));
    }

    @Test
    void aPartOfWhichNobodyKnowsWhoKeepsItStillFails() {
        fails("a", 0, SLOW);
        moved.put("a", Keepers.NOBODY);

        failing.askAgain();

        assertThat(failing.isEmpty()).isFalse();
        verify(entries).probe("a", 0);
    }

    @Test
    void ofTwoEquallyLongFailuresTheNewerIsAskedFor() {
        moved.put("older", "all");
        moved.put("newer", "all");
        failing.failed("older", part("all"), 9, SLOW, "the test says so");
        failing.failed("newer", part("all"), 9, SLOW, "the test says so");

        failing.askAgain();

        verify(entries).probe("newer", 9);
    }

    @Test
    void aWellPartThatFailsOnceAtOnceIsNotRefusedWhileOthersAreDoubted() {
        threeAreSilent();
        isRefused("well");
        failing.acknowledged(part("well"));

        fails("well", 0, FAST);

        failing.refuseDoubted(part("well"), "well");
        isRefused("a");
    }

    @Test
    void aPartThatFallsSilentIsRefusedWhileOthersAreDoubted() {
        threeAreSilent();
        failing.acknowledged(part("well"));

        fails("well", 0, SLOW);

        isRefused("well");
    }

    @Test
    void aDoubtThatBeginsWhileTheLastIsWellIsNotTakenBackWithIt() throws Exception {
        fails("a", 0, SLOW);
        CountDownLatch doubts = new CountDownLatch(1);
        Thread others = new Thread(() -> {
            doubts.countDown();
            List.of("b", "c", "d").forEach(key -> fails(key, 0, SLOW));
        });
        List<Boolean> waited = new ArrayList<>();
        whenWell = () -> {
            whenWell = () -> {};
            others.start();
            try {
                assertThat(doubts.await(30, TimeUnit.SECONDS)).isTrue();
                waited.add(isHeldUp(others));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        failing.acknowledged(part("a"));
        others.join();

        assertThat(waited).containsExactly(true);
        now.addAndGet(SLOW);
        isRefused("b");
    }

    private static boolean isHeldUp(Thread thread) {
        while (thread.getState() != Thread.State.BLOCKED && thread.isAlive()) {
            Thread.onSpinWait();
        }
        return thread.isAlive();
    }

    @Test
    void noProbeIsLongerThanItTakesToBeOfTheLongest() {
        fails("a", 50_000_000, SLOW);

        failing.askAgain();

        verify(entries).probe("a", (1 << 18) + 1);
        assertThat(SizeClass.of((1 << 18) + 1)).isEqualTo(SizeClass.HUGE);
    }
}
