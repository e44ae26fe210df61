package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners of the application that throw, in containers that pass that on. */
class FailingListenersTest {

    private final ThreeNodes nodes = new ThreeNodes();

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void anAdoptedSessionHasAllItsAttributesAlthoughAListenerFails() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        assertThat(nodes.n1.own(atN1).set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);
        nodes.n2.onOpen(session -> session.onChange(name -> {
            throw new UnsupportedOperationException("listener");
        }));

        FakeNode.Request adopted = nodes.n2.foreign(atN1.getId());

        assertThat(adopted.get("user")).isEqualTo("ann");
        assertThat(adopted.get("cart")).isEqualTo(List.of("rope"));
    }

    @Test
    void whatTheContainerDoesNotTakeStaysInTheRecord() {
        FakeSession atN1 = nodes.sessionWithCart("rope");
        nodes.n2.onOpen(session -> session.refuse("cart"));

        FakeNode.Request adopted = nodes.n2.foreign(atN1.getId());
        assertThat(adopted.session().getAttribute("cart")).isNull();
        assertThat(adopted.set("user", "ann").save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request next = nodes.n3.foreign(atN1.getId());
        assertThat(next.get("cart")).isEqualTo(List.of("rope"));
        assertThat(next.get("user")).isEqualTo("ann");
    }
}
