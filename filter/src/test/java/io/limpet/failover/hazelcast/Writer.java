package io.limpet.failover.hazelcast;

import static io.limpet.failover.protocol.Sessions.EPOCH;
import static io.limpet.failover.protocol.Sessions.META;
import static io.limpet.failover.protocol.Sessions.N1;
import static io.limpet.failover.protocol.Sessions.attributes;
import static io.limpet.failover.protocol.Sessions.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.LookupResult.Found;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;

/** Writes the numbers 1, 2, 3... into one attribute, and keeps what was acknowledged. */
final class Writer implements Runnable {
    private final SessionStore store;
    private final String key;
    private final AtomicBoolean stop;
    private final CompletableFuture<Void> done;
    private volatile long acknowledged;
    private long version;

    Writer(SessionStore store, String key, AtomicBoolean stop) {
        this.store = store;
        this.key = key;
        this.stop = stop;
        done = CompletableFuture.runAsync(this, task -> new Thread(task).start());
    }

    @Override
    public void run() {
        long base = 0;
        while (!stop.get()) {
            version++;
            long next = acknowledged + 1;
            Save save = new Save(
                    N1, EPOCH, base, version, META, attributes("n", String.valueOf(next)), Set.of(), base == 0);
            try {
                SaveResult result = store.save(key, save);
                assertThat(result).isEqualTo(SaveResult.SAVED);
                acknowledged = next;
                base = version;
            } catch (StoreUnavailableException e) {
                LockSupport.parkNanos(1_000_000); // not acknowledged: it goes again, with the next version
            }
        }
    }

    void nothingIsLostOrDoubled() {
        assertThat(text(((Found) store.load(key)).record(), "n")).isEqualTo(String.valueOf(acknowledged));
    }

    void join() {
        done.join();
    }

    /** Until each has 200 more, or one has failed. */
    static void awaitProgress(List<Writer> writers) {
        List<Long> targets =
                writers.stream().map(writer -> writer.acknowledged + 200).toList();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            boolean all = true;
            for (int i = 0; i < targets.size(); i++) {
                all &= writers.get(i).acknowledged >= targets.get(i);
            }
            return all || writers.stream().anyMatch(writer -> writer.done.isDone());
        });
    }
}
