package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.SessionRecord;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests of one session change an object while one of them saves it; Java's maps do not notice that. */
class ContestedWritesTest {

    /** What another request does while this is written, once each time. */
    private static final Queue<Runnable> MEANWHILE = new ArrayDeque<>();

    private final ThreeNodes nodes = new ThreeNodes();
    private final FakeSession session = nodes.sessionWithCart("rope");

    private static final class Watched implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            Runnable next = MEANWHILE.poll();
            if (next != null) {
                next.run();
            }
            out.defaultWriteObject();
        }
    }

    @BeforeEach
    void nothingHappensYet() {
        MEANWHILE.clear();
    }

    @AfterEach
    void close() {
        nodes.close();
    }

    private FakeNode.Request request() {
        return nodes.n1.own(session);
    }

    private Set<?> namesAtAnotherNode() {
        return ((Map<?, ?>) nodes.n2.foreign(session.getId()).get("map")).keySet();
    }

    private static Map<String, Object> map() {
        Map<String, Object> map = new HashMap<>();
        map.put("a", new Watched());
        map.put("z", "behind it");
        return map;
    }

    @Test
    void aMapThatLosesAnEntryWhileItIsWrittenIsReadable() {
        Map<String, Object> map = map();
        request(); // another one, which may have the map, too
        MEANWHILE.add(() -> map.remove("z"));

        assertThat(request().set("map", map).save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(namesAtAnotherNode()).isEqualTo(Set.of("a"));
    }

    @Test
    void whatComesOutDifferentEachTimeIsSavedLater() {
        Map<String, Object> map = map();
        FakeNode.Request other = request();
        for (int i = 0; i < 3; i++) {
            String name = "z" + i;
            MEANWHILE.add(() -> map.put(name, "more"));
        }

        FakeNode.Request request = request().set("map", map);
        assertThat(request.save()).isEqualTo(SaveOutcome.BUSY);
        request.over();
        other.over();

        await().atMost(Duration.ofSeconds(10)).until(() -> nodes.n1.replication.state() == Failover.State.HEALTHY);
        assertThat(namesAtAnotherNode()).isEqualTo(Set.of("a", "z", "z0", "z1", "z2"));
    }

    @Test
    void whatNobodyElseCanChangeIsWrittenOnce() {
        request().over();
        MEANWHILE.add(() -> {});
        MEANWHILE.add(() -> {});

        assertThat(request().set("map", map()).save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(MEANWHILE).hasSize(1);
    }

    @Test
    void whatFailsWhileOthersAreAtItKeepsItsLastValueUntilTheyAreGone() {
        FakeNode.Request first = request().set("map", map());
        assertThat(first.save()).isEqualTo(SaveOutcome.SAVED);
        first.over();
        FakeNode.Request other = request();
        MEANWHILE.addAll(List.of(this::fail, this::fail, this::fail));

        FakeNode.Request request = request();
        request.get("map");
        assertThat(request.save()).isEqualTo(SaveOutcome.BUSY);
        request.over();
        other.over();

        assertThat(namesAtAnotherNode()).isEqualTo(Set.of("a", "z"));
    }

    private void fail() {
        throw new IllegalStateException("half done");
    }

    @Test
    void everyStoredValueIsWholeHoweverOftenAnotherThreadChangesIt() throws IOException {
        JavaSessionCodec codec = new JavaSessionCodec(List.of(), getClass().getClassLoader());
        Map<Integer, String> map = IntStream.range(0, 200)
                .boxed()
                .collect(Collectors.toMap(i -> i, i -> "item " + i, (one, same) -> one, HashMap::new));
        assertThat(request().set("map", map).save()).isEqualTo(SaveOutcome.SAVED);
        ScheduledExecutorService other = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> toggling = other.scheduleWithFixedDelay(() -> toggle(map), 0, 5, TimeUnit.MILLISECONDS);
            for (int i = 0; i < 3_000; i++) {
                FakeNode.Request request = request();
                request.get("map");
                request.save();
                request.over();
                Map<?, ?> stored = (Map<?, ?>) codec.read(stored());
                assertThat(stored.size()).isBetween(200, 201);
                assertThat(stored.keySet()
                                .containsAll(IntStream.range(0, 200).boxed().toList()))
                        .isTrue();
            }
            assertThat(toggling.isDone()).as("the other thread has failed").isFalse();
        } finally {
            other.shutdownNow();
        }
    }

    private static void toggle(Map<Integer, String> map) {
        if (map.remove(100_000) == null) {
            map.put(100_000, "there and gone");
        }
    }

    private byte[] stored() {
        return nodes.store.peek(session.getId()) instanceof SessionRecord record
                ? Objects.requireNonNull(record.attributes().get("map")).bytes()
                : new byte[0];
    }
}
