package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final AtomicLong now = new AtomicLong(1_000);
    private final Clock clock = mock(Clock.class);
    private final Threads threads = mock(Threads.class);
    private final AtomicInteger tries = new AtomicInteger();

    @BeforeEach
    void workOnlyAtTheEnd() {
        when(clock.millis()).thenAnswer(asked -> now.get());
        when(threads.repeat(anyString(), anyLong(), any())).thenReturn(() -> {});
    }

    @Test
    void aStopWaitsTenSecondsForEndsThatTheStoreDoesNotTake() {
        Backlog backlog = new Backlog(clock, shadow -> {}, () -> {}, threads);
        for (int i = 0; i < 10; i++) {
            backlog.endAgain(Set.of("session " + i), this::silence);
        }

        backlog.close();

        assertThat(tries).hasValue(3);
    }

    @Test
    void aStopEndsWhateverTheStoreTakes() {
        Backlog backlog = new Backlog(clock, shadow -> {}, () -> {}, threads);
        for (int i = 0; i < 10; i++) {
            backlog.endAgain(Set.of("session " + i, "its other id " + i), tries::incrementAndGet);
        }

        backlog.close();

        assertThat(tries).hasValue(10);
    }

    private void silence() {
        tries.incrementAndGet();
        now.addAndGet(4_000);
        throw new StoreUnavailableException("silent");
    }
}
