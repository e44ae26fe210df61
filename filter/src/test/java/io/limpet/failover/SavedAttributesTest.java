package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Stamp;
import io.limpet.failover.protocol.StoredAttribute;
import io.limpet.route.Route;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** This node owned a session in epoch 10 and changed its cart there, which another one had written in epoch 5. */
class SavedAttributesTest {

    private final JavaSessionCodec codec =
            new JavaSessionCodec(List.of(), getClass().getClassLoader());
    private final FakeSession session = new FakeSession("n1-1", 0);
    private final SavedAttributes attributes =
            new SavedAttributes(() -> session, new AttributeWriter(codec), new OpenVisits());

    @BeforeEach
    void changeWhatAnotherNodeHadWritten() throws IOException {
        load(record(10, "rope", new Stamp(5, 1)));
        set("rope and anchor");
        attributes.acknowledged(attributes.capture(touches(), false), new Stamp(10, 1));
    }

    private SessionRecord record(long epoch, String cart, Stamp stamp) throws IOException {
        Map<String, StoredAttribute> stored = Map.of("cart", new StoredAttribute(codec.write(cart), stamp));
        return new SessionRecord(new Route("n1"), epoch, 0, List.of("n1-1"), 0, 0, 1800, stored);
    }

    private void load(SessionRecord record) {
        attributes.load(record, Delta.NOTHING, Delta.NOTHING);
    }

    private void set(String cart) {
        session.setAttribute("cart", cart);
        attributes.markAssigned("cart");
    }

    private static Touches touches() {
        return new Touches(Set.of("cart"), Set.of("cart"), Long.MAX_VALUE);
    }

    @Test
    void whatTheClusterHasForgottenIsPutBack() throws IOException {
        load(record(20, "rope", new Stamp(5, 1)));

        assertThat(session.getAttribute("cart")).isEqualTo("rope and anchor");
        assertThat(attributes.capture(Touches.NONE, false).changed()).containsExactly("cart");
    }

    @Test
    void whatTheOtherHalfOfAClusterChangedIsNotWrittenOverByALaterChangeOfThisHalf() throws IOException {
        load(record(20, "rope and tar", new Stamp(7, 1)));

        assertThat(session.getAttribute("cart")).isEqualTo("rope and tar");
    }

    @Test
    void anUnsavedChangeContradictsWhatTheOtherHalfOfAClusterChanged() throws IOException {
        set("rope, anchor and lamp");
        Delta unsaved = attributes.capture(touches(), false);

        assertThat(attributes.conflicts(unsaved, record(20, "tar", new Stamp(7, 1)), Set.of("cart")))
                .isTrue();
        assertThat(attributes.conflicts(unsaved, record(20, "rope", new Stamp(5, 1)), Set.of("cart")))
                .isFalse();
    }
}
