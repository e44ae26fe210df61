package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** An object that is changed where it is, without setAttribute, is saved, counted, and named once in the log. */
class SilentChangeTest {

    @AutoClose
    private final ThreeNodes nodes = new ThreeNodes();

    @AutoClose
    private final LoggedLines lines = LoggedLines.of(AttributeWriter.class);

    @Test
    void itIsCountedEachTimeAndNamedOnce() {
        FakeSession session = nodes.sessionWithCart("rope");
        addAndSave(session, "anchor");
        addAndSave(session, "bell");

        assertThat(nodes.n1.replication.changesWithoutSet()).isEqualTo(2);
        assertThat(lines.messages()).singleElement().asString().contains("changed without setAttribute");
        assertThat(lines.values()).containsExactly("cart");
    }

    @Test
    void whatIsSetAgainIsNot() {
        FakeSession session = nodes.sessionWithCart("rope");
        FakeNode.Request request = nodes.n1.own(session);
        List<String> cart = cart(request);
        cart.add("anchor");
        assertThat(request.set("cart", cart).save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(nodes.n1.replication.changesWithoutSet()).isZero();
        assertThat(lines.messages()).isEmpty();
    }

    @Test
    void aValueThatWasSetAgainAsItWasHidesNoLaterChange() {
        FakeSession session = nodes.sessionWithCart("rope");
        FakeNode.Request request = nodes.n1.own(session);
        assertThat(request.set("cart", cart(request)).save()).isEqualTo(SaveOutcome.UNCHANGED);
        request.over();

        addAndSave(session, "anchor");

        assertThat(nodes.n1.replication.changesWithoutSet()).isEqualTo(1);
    }

    @Test
    void withDirtySetItIsSavedOnlyOnceItIsSet() {
        try (FakeNode node = new FakeNode("strict", nodes.store, Clock.systemUTC(), Dirtiness.SET)) {
            FakeNode.Request first = node.fresh().set("cart", new ArrayList<>(List.of("rope")));
            assertThat(first.save()).isEqualTo(SaveOutcome.SAVED);
            first.over();

            FakeNode.Request silent = node.own(first.session());
            cart(silent).add("anchor");
            assertThat(silent.save()).isEqualTo(SaveOutcome.UNCHANGED);
            silent.over();
            FakeNode.Request adopted = nodes.n2.foreign(first.session().getId());
            assertThat(cart(adopted)).containsExactly("rope");
            adopted.over();

            FakeNode.Request loud = node.own(first.session());
            List<String> cart = cart(loud);
            cart.add("bell");
            assertThat(loud.set("cart", cart).save()).isEqualTo(SaveOutcome.SAVED);
            assertThat(cart(nodes.n3.foreign(first.session().getId()))).endsWith("bell");
        }
    }

    private void addAndSave(FakeSession session, String item) {
        FakeNode.Request request = nodes.n1.own(session);
        cart(request).add(item);
        assertThat(request.save()).isEqualTo(SaveOutcome.SAVED);
    }

    @SuppressWarnings("unchecked")
    private static List<String> cart(FakeNode.Request request) {
        return (List<String>) request.get("cart");
    }
}
