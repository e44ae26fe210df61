package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.Tombstone;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A logout under the lock of an attribute that another request of the session is about to save. */
class LockedLogoutTest {

    private final ThreeNodes nodes = new ThreeNodes();
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    @AfterEach
    void close() {
        threads.shutdownNow();
        nodes.close();
    }

    @Test
    @SuppressWarnings("JdkObsolete") // that it locks itself is the point
    void itWaitsForTheSaveNoLongerThanForTheStoreAndTheSessionIsEndedBehindIt() throws Exception {
        Vector<String> items = new Vector<>(List.of("rope"));
        FakeNode.Request saving = nodes.n1.fresh().set("items", items);
        assertThat(saving.save()).isEqualTo(SaveOutcome.SAVED);
        FakeSession session = saving.session();
        AtomicReference<@Nullable Thread> saver = new AtomicReference<>();
        CountDownLatch locked = new CountDownLatch(1);

        Future<SaveOutcome> logout = threads.submit(() -> {
            synchronized (items) {
                locked.countDown();
                await().until(() -> isBlocked(saver.get()));
                return nodes.n1.replication.invalidated(session);
            }
        });
        locked.await();
        Future<SaveOutcome> save = threads.submit(() -> {
            saver.set(Thread.currentThread());
            return saving.save();
        });

        assertThat(logout.get(10, TimeUnit.SECONDS)).isEqualTo(SaveOutcome.QUEUED);
        save.get(10, TimeUnit.SECONDS);
        await().until(() -> nodes.store.peek(session.getId()) instanceof Tombstone);
    }

    private static boolean isBlocked(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.BLOCKED;
    }
}
