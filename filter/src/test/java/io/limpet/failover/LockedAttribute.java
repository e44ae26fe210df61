package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Visit.SaveOutcome;
import java.util.List;
import java.util.Vector;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A session whose attribute one request holds the lock of while another one is about to save it. */
@SuppressWarnings("JdkObsolete") // that a Vector locks itself is the point
final class LockedAttribute implements AutoCloseable {

    final Vector<String> items = new Vector<>(List.of("rope"));
    final FakeSession session;
    private final FakeNode.Request saving;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });

    LockedAttribute(FakeNode node) {
        saving = node.fresh().set("items", items);
        assertThat(saving.save()).isEqualTo(SaveOutcome.SAVED);
        session = saving.session();
    }

    /** Does this under the attribute's lock as soon as the other request waits for that; returns when both are done. */
    <T> T whileItIsSaved(Callable<T> work) throws Exception {
        AtomicReference<@Nullable Thread> saver = new AtomicReference<>();
        CountDownLatch locked = new CountDownLatch(1);
        Future<T> done = threads.submit(() -> {
            synchronized (items) {
                locked.countDown();
                await().until(() -> isBlocked(saver.get()));
                return work.call();
            }
        });
        locked.await();
        Future<SaveOutcome> saved = threads.submit(() -> {
            saver.set(Thread.currentThread());
            return saving.save();
        });
        T result = done.get(10, TimeUnit.SECONDS);
        saved.get(10, TimeUnit.SECONDS);
        return result;
    }

    private static boolean isBlocked(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.BLOCKED;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
