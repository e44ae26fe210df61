package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Visit.SaveOutcome;
import io.limpet.failover.protocol.InMemorySessionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a library keeps in the container's own session, as CDI does with its beans. */
class PastAttributesTest {

    @AutoClose
    private final TwoNodes nodes = new TwoNodes(new InMemorySessionStore());

    private final FakeNode n1 = nodes.n1;
    private final FakeNode n2 = nodes.n2;

    private static void addPastTheFilter(FakeSession session, String item) {
        @SuppressWarnings("unchecked")
        List<String> bean = (List<String>) Objects.requireNonNull(session.getAttribute("bean"));
        bean.add(item);
    }

    @Test
    void aBeanThatChangesPastTheFilterIsSavedAtEveryRequest() {
        FakeNode.Request first = n1.fresh();
        first.session().setAttribute("bean", new ArrayList<>(List.of("a")));
        assertThat(first.save()).isEqualTo(SaveOutcome.SAVED);

        addPastTheFilter(first.session(), "b");
        assertThat(n1.own(first.session()).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(n1.own(first.session()).save()).isEqualTo(SaveOutcome.UNCHANGED);

        assertThat(n2.foreign(first.session().getId()).get("bean")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void aBeanThatWasThereBeforeTheFilterSawTheSessionIsSavedWhenItChanges() {
        FakeSession session = n1.sessionPastTheFilter("bean", new ArrayList<>(List.of("a")));
        assertThat(n1.own(session).save()).isEqualTo(SaveOutcome.SAVED);

        addPastTheFilter(session, "b");
        assertThat(n1.own(session).save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(n2.foreign(session.getId()).get("bean")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void aBeanOfAnAdoptedSessionIsSavedWhenItChanges() {
        FakeSession atN1 = n1.sessionPastTheFilter("bean", new ArrayList<>(List.of("a")));
        assertThat(n1.own(atN1).save()).isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request adopted = n2.foreign(atN1.getId());
        assertThat(adopted.save()).isEqualTo(SaveOutcome.SAVED);

        addPastTheFilter(adopted.session(), "b");
        assertThat(n2.own(adopted.session()).save()).isEqualTo(SaveOutcome.SAVED);

        assertThat(n1.foreign(adopted.session().getId()).get("bean")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void anAttributeThatTheApplicationSetsIsNotComparedUntilItIsTouched() {
        FakeNode.Request first = n1.fresh();
        List<Object> cart = new ArrayList<>(List.of("a"));
        first.set("cart", cart);
        assertThat(first.save()).isEqualTo(SaveOutcome.SAVED);

        cart.add(new Unserializable());
        assertThat(n1.own(first.session()).save()).isEqualTo(SaveOutcome.UNCHANGED);
    }

    /** Would be reported, and its attribute removed, if anybody looked at it. */
    private static final class Unserializable {}
}
