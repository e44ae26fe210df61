package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MarksTest {

    private final Marks marks = new Marks();

    @Test
    void whatIsMarkedIsTakenOnce() {
        marks.mark("cart");
        assertThat(marks.contains("cart")).isTrue();
        assertThat(taken()).containsExactly("cart");
        assertThat(marks.contains("cart")).isFalse();
        assertThat(taken()).isEmpty();
    }

    @Test
    void whatIsMarkedAgainIsTakenAgain() {
        marks.mark("cart");
        taken();
        marks.mark("cart");
        assertThat(taken()).containsExactly("cart");
    }

    @Test
    void noMarkIsLostThatComesWhileOthersAreTaken() throws InterruptedException {
        Set<String> all = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        for (int i = 0; i < 3; i++) {
            String mine = "cart" + i + '-';
            threads.execute(() -> {
                for (int n = 0; n < 20_000; n++) {
                    all.add(mine + n);
                    marks.mark(mine + n);
                }
            });
        }
        threads.shutdown();
        Set<String> taken = new HashSet<>();
        while (!threads.isTerminated()) {
            marks.takeInto(taken);
        }
        assertThat(threads.awaitTermination(1, TimeUnit.SECONDS)).isTrue();
        marks.takeInto(taken);
        assertThat(taken).hasSameSizeAs(all).containsAll(all);
    }

    private Set<String> taken() {
        Set<String> taken = new HashSet<>();
        marks.takeInto(taken);
        return taken;
    }
}
