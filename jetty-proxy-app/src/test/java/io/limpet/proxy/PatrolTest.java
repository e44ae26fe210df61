package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one clock of all requests does not stop because of one of them. */
class PatrolTest {

    private final Patrol patrol = new Patrol();
    private final AtomicInteger seen = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void onePostThatFailsKeepsTheRoundFromNobody(boolean error) {
        for (int i = 0; i < 3; i++) {
            patrol.add(seen::incrementAndGet);
            patrol.add(() -> {
                if (error) {
                    throw new StackOverflowError("too deep");
                }
                throw new IllegalStateException("broken");
            });
        }
        patrol.run();
        patrol.run();

        assertThat(seen).hasValue(6);
    }

    @Test
    void whatWasRemovedIsNotPassedBy() {
        Patrol.Post post = seen::incrementAndGet;
        patrol.add(post);
        patrol.remove(post);
        patrol.run();

        assertThat(seen).hasValue(0);
    }
}
