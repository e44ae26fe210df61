package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.spy;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import io.limpet.failover.protocol.SessionRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CoalescingTest {

    private static final int REQUESTS = 10;

    private final InMemorySessionStore store = spy(new InMemorySessionStore());
    private final AtomicInteger saves = new AtomicInteger();
    private final CountDownLatch underWay = new CountDownLatch(1);
    private final Semaphore passes = new Semaphore(0);

    @Test
    void whatRequestsOfOneSessionChangeWhileOneIsSavedTakesOneMoreSave() throws Exception {
        try (FakeNode node = new FakeNode("n1", store, Clock.systemUTC())) {
            FakeNode.Request first = node.fresh().set("first", 0);
            FakeSession session = first.session();
            AtomicReference<SaveOutcome> firsts = new AtomicReference<>();
            Thread saving = savingWithoutAnAnswer(first, firsts);

            List<AtomicReference<SaveOutcome>> outcomes = new ArrayList<>();
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                FakeNode.Request request = node.own(session).set("a" + i, i);
                AtomicReference<SaveOutcome> outcome = new AtomicReference<>();
                outcomes.add(outcome);
                waiting.add(started(() -> outcome.set(request.save())));
            }
            awaitWaiting(waiting);
            passes.release(1 + REQUESTS);
            saving.join();
            for (Thread thread : waiting) {
                thread.join();
            }

            assertThat(saves).as("saves of %s requests", 1 + REQUESTS).hasValue(2);
            assertThat(firsts).hasValue(SaveOutcome.SAVED);
            assertThat(outcomes)
                    .extracting(AtomicReference::get)
                    .containsOnly(SaveOutcome.SAVED, SaveOutcome.UNCHANGED)
                    .containsOnlyOnce(SaveOutcome.SAVED);
            assertThat(store.peek(session.getId()))
                    .isInstanceOfSatisfying(
                            SessionRecord.class,
                            record -> assertThat(record.attributes()).hasSize(1 + REQUESTS));
        }
    }

    @Test
    void whoHasReadWhatIsNotStoredYetWaitsForIt() throws Exception {
        try (FakeNode node = new FakeNode("n1", store, Clock.systemUTC())) {
            FakeNode.Request first = node.fresh().set("a", 0);
            assertThat(first.save()).isEqualTo(SaveOutcome.SAVED);
            FakeNode.Request second = node.own(first.session()).set("a", 1);
            AtomicReference<SaveOutcome> seconds = new AtomicReference<>();
            Thread saving = savingWithoutAnAnswer(second, seconds);

            FakeNode.Request reader = node.own(first.session());
            assertThat(reader.get("a")).isEqualTo(1);
            AtomicReference<SaveOutcome> readers = new AtomicReference<>();
            Thread waiting = started(() -> readers.set(reader.save()));
            awaitWaiting(List.of(waiting));
            passes.release();
            saving.join();
            waiting.join();

            assertThat(seconds).hasValue(SaveOutcome.SAVED);
            assertThat(readers).hasValue(SaveOutcome.UNCHANGED);
        }
    }

    /** Returns when the store has been asked, which answers by {@link #passes}. */
    private Thread savingWithoutAnAnswer(FakeNode.Request request, AtomicReference<SaveOutcome> outcome)
            throws InterruptedException {
        doAnswer(call -> {
                    saves.incrementAndGet();
                    underWay.countDown();
                    assertThat(passes.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                    return call.callRealMethod();
                })
                .when(store)
                .save(anyString(), any());
        Thread saving = started(() -> outcome.set(request.save()));
        assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
        return saving;
    }

    /** For the session's lock, which nobody does longer than for the store. */
    private static void awaitWaiting(List<Thread> threads) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> threads.stream().allMatch(it -> it.getState() == Thread.State.TIMED_WAITING));
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work, "request");
        thread.start();
        return thread;
    }
}
