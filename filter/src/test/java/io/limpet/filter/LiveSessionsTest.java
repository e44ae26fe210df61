package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LiveSessionsTest {

    private final AtomicLong live = new AtomicLong(3);
    private final AtomicLong nanos = new AtomicLong();
    private final LiveSessions sessions = counted("/shop");

    private LiveSessions counted(String context) {
        return new LiveSessions(context, new FakeSource(live), nanos::get);
    }

    @Test
    void aCountThatStaysKeepsItsNumber() {
        LiveSessions.Count first = sessions.now();
        assertThat(sessions.now()).isEqualTo(first);
        assertThat(first.live()).isEqualTo(3);
    }

    @Test
    void eachChangeHasAHigherNumber() {
        long first = sessions.now().sequence();
        live.set(4);
        long second = sessions.now().sequence();
        live.set(3);
        assertThat(second).isGreaterThan(first);
        assertThat(sessions.now().sequence()).isGreaterThan(second);
    }

    @Test
    void aCountIsNewsAsLongAsSomeProxyMayNotHaveAskedForIt() {
        assertThat(sessions.areNews()).isTrue();
        assertThat(sessions.areNews()).isTrue(); // nobody was told
        assertThat(sessions.news()).contains("live=3;");
        assertThat(sessions.areNews()).isFalse();
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(20));
        assertThat(sessions.areNews()).isTrue(); // perhaps to another proxy
        assertThat(sessions.news()).contains("live=3;");

        live.set(4);
        assertThat(sessions.areNews()).isTrue();
        assertThat(sessions.news()).contains("live=4;");
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
        assertThat(sessions.areNews()).isFalse();
        assertThat(sessions.now().parameters()).contains("live=4;");
    }

    @Test
    void aChangeIsNewsThoughTheCountBeforeWasToldNoMore() {
        assertThat(sessions.areNews()).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(31));
        assertThat(sessions.areNews()).isFalse();
        assertThat(sessions.areNews()).isFalse();

        live.set(4);

        assertThat(sessions.areNews()).isTrue();
        assertThat(sessions.news()).contains("live=4;");
    }

    @Test
    void aLaterRunOfTheApplicationBeginsHigherThanAnEarlierOneHasCome() {
        for (int i = 0; i < 1_000; i++) {
            live.incrementAndGet();
            sessions.now();
        }
        // no application starts again within a millisecond
        long later = (System.currentTimeMillis() + 2) * 1_000;
        assertThat(sessions.now().sequence()).isLessThan(later);
    }

    @Test
    void oneNumberIsNeverToldOfTwoCounts() throws InterruptedException {
        Map<Long, Long> told = new ConcurrentHashMap<>();
        Map<Long, Long> contradictions = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        for (int i = 0; i < 4; i++) {
            threads.execute(() -> {
                for (int n = 0; n < 20_000; n++) {
                    live.addAndGet(n % 2 == 0 ? 1 : -1);
                    LiveSessions.Count count = sessions.now();
                    Long before = told.putIfAbsent(count.sequence(), count.live());
                    if (before != null && before != count.live()) {
                        contradictions.put(count.sequence(), count.live());
                    }
                }
            });
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(told).hasSizeGreaterThan(1);
        assertThat(contradictions).isEmpty();
        assertThat(sessions.now().live()).isEqualTo(3);
    }

    @Test
    void aContextThatNoHeaderFieldHoldsIsNotToldThere() {
        assertThat(counted("/a;b").areNews()).isFalse();
        assertThat(counted("/a;b").now().parameters()).isEmpty();
        assertThat(counted("/caf\u00e9").now().parameters()).isEmpty();
        assertThat(counted("").now().parameters()).endsWith("; context=");
    }
}
