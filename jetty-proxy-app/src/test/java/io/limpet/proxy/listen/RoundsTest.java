package io.limpet.proxy.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What protects the proxy comes round again, whatever became of it the last time. */
class RoundsTest {

    private final ScheduledExecutorScheduler scheduler = new ScheduledExecutorScheduler();
    private final AtomicInteger rounds = new AtomicInteger();

    @BeforeEach
    void start() throws Exception {
        scheduler.start();
    }

    @AfterEach
    void stop() throws Exception {
        scheduler.stop();
    }

    @Test
    void aRoundThatFailsIsNotTheLast() {
        Rounds failing = new Rounds(scheduler, 1, () -> {
            rounds.incrementAndGet();
            throw new IllegalStateException("a round that fails");
        });
        failing.start();

        Awaitility.await().until(() -> rounds.get() >= 3);
        failing.stop();
    }

    @Test
    void whatIsStoppedMayBeStartedAgain() {
        Rounds counted = new Rounds(scheduler, 1, rounds::incrementAndGet);
        for (int i = 1; i <= 3; i++) {
            int before = rounds.get();
            counted.start();
            Awaitility.await().until(() -> rounds.get() > before);
            counted.stop();
        }
    }

    @Test
    void whatIsStoppedComesToItsEnd() {
        AtomicInteger clock = new AtomicInteger();
        Rounds ticking = new Rounds(scheduler, 1, clock::incrementAndGet);
        Rounds[] stopped = new Rounds[1];
        stopped[0] = new Rounds(scheduler, 1, () -> {
            rounds.incrementAndGet();
            stopped[0].stop();
        });
        stopped[0].start();
        ticking.start();
        Awaitility.await().until(() -> clock.get() > 20);
        ticking.stop();

        assertThat(rounds).hasValue(1);
    }

    @Test
    void howeverOftenItIsStartedThereIsOneRoundAtATime() {
        Semaphore alone = new Semaphore(1);
        AtomicInteger crowded = new AtomicInteger();
        Rounds slow = new Rounds(scheduler, 1, () -> {
            if (!alone.tryAcquire()) {
                crowded.incrementAndGet();
                return;
            }
            rounds.incrementAndGet();
            alone.release();
        });
        for (int i = 0; i < 1_000; i++) {
            slow.start();
            if (i % 3 == 0) {
                slow.stop();
            }
        }
        slow.start();
        Awaitility.await().until(() -> rounds.get() >= 10);
        slow.stop();

        assertThat(crowded).hasValue(0);
    }
}
