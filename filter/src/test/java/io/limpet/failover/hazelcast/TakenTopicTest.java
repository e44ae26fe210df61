package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.Taken;
import io.limpet.route.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TakenTopicTest {

    @Test
    void aMessageIsReadAsItWasWritten() {
        Taken taken = new Taken("a key with blanks", new Route("n2"), Long.MAX_VALUE / 100);

        assertThat(TakenTopic.read(TakenTopic.write(taken))).contains(taken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1 n2", "x n2 key", "-1 n2 key", "99999999999999999999 n2 key", "1 n/2 key"})
    void whatSomebodyElseWroteThereIsNotHeard(String text) {
        assertThat(TakenTopic.read(text)).isEmpty();
    }
}
