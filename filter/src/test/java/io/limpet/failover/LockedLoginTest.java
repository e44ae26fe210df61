package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Arrival.Found;
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

/** A login under the lock of an attribute that another request of the session is about to save. */
class LockedLoginTest {

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
    void itWaitsForTheSaveNoLongerThanForTheStoreAndTheSessionHasItsNewIdBehindIt() throws Exception {
        Vector<String> items = new Vector<>(List.of("rope"));
        FakeNode.Request saving = nodes.n1.fresh().set("items", items);
        assertThat(saving.save()).isEqualTo(SaveOutcome.SAVED);
        FakeSession session = saving.session();
        String oldId = session.getId();
        AtomicReference<@Nullable Thread> saver = new AtomicReference<>();
        CountDownLatch locked = new CountDownLatch(1);

        Future<?> login = threads.submit(() -> {
            synchronized (items) {
                locked.countDown();
                await().until(() -> isBlocked(saver.get()));
                session.rename("n1-after-login");
                nodes.n1.replication.idChanged(session, oldId);
            }
        });
        locked.await();
        Future<SaveOutcome> save = threads.submit(() -> {
            saver.set(Thread.currentThread());
            return saving.save();
        });

        login.get(10, TimeUnit.SECONDS);
        save.get(10, TimeUnit.SECONDS);
        assertThat(nodes.n1.own(session).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        await().until(() -> nodes.store.peek(oldId) instanceof Tombstone);
        assertThat(nodes.n2.foreign(oldId).arrival.found()).isEqualTo(Found.ENDED);
        FakeNode.Request adopted = nodes.n2.foreign("n1-after-login");
        assertThat(adopted.get("user")).isEqualTo("ann");
        assertThat(adopted.get("items")).isEqualTo(items);
    }

    private static boolean isBlocked(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.BLOCKED;
    }
}
