package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.failover.Arrival.Found;
import io.limpet.failover.Visit.SaveOutcome;
import jakarta.servlet.http.HttpSessionActivationListener;
import jakarta.servlet.http.HttpSessionEvent;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an application's classes throw costs the attribute at most, never the session or the request. */
class FailingAttributesTest {

    private static volatile @Nullable Supplier<Error> failure;

    private final ThreeNodes nodes = new ThreeNodes();

    static Stream<Supplier<Error>> errors() {
        return Stream.of(
                () -> new NoClassDefFoundError("com/acme/Lazy"),
                () -> new ExceptionInInitializerError("no licence"),
                () -> new AssertionError("half done"),
                StackOverflowError::new);
    }

    private static final class Fragile implements Serializable {
        private static final long serialVersionUID = 1L;

        private void writeObject(ObjectOutputStream out) throws IOException {
            Supplier<Error> now = failure;
            if (now != null) {
                throw now.get();
            }
            out.defaultWriteObject();
        }
    }

    private static class Activated implements Serializable, HttpSessionActivationListener {
        private static final long serialVersionUID = 1L;

        private transient boolean active;

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            active = true;
        }
    }

    private static final class Refusing extends Activated {
        private static final long serialVersionUID = 1L;

        @Override
        public void sessionDidActivate(HttpSessionEvent event) {
            throw new IllegalStateException("no database");
        }
    }

    @AfterEach
    void close() {
        failure = null;
        nodes.close();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorWhileOneAttributeIsWrittenKeepsTheOthersFromNothing(Supplier<Error> error) {
        FakeSession session = nodes.sessionWithCart("rope");
        failure = error;

        assertThat(nodes.n1
                        .own(session)
                        .set("fragile", new Fragile())
                        .set("n", 1)
                        .save())
                .isEqualTo(SaveOutcome.SAVED);
        FakeNode.Request next = nodes.n1.own(session);
        next.get("fragile");
        assertThat(next.set("n", 2).save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request adopted = nodes.n2.foreign(session.getId());
        assertThat(adopted.get("n")).isEqualTo(2);
        assertThat(adopted.session().getAttribute("fragile")).isNull();
    }

    @ParameterizedTest
    @MethodSource("errors")
    void anErrorWhileAnAdoptedAttributeIsComparedDoesNotKeepTheSessionFromBeingAdopted(Supplier<Error> error) {
        FakeNode.Request first = nodes.n1.fresh().set("fragile", new Fragile());
        first.save();
        failure = error;

        FakeNode.Request adopted = nodes.n2.foreign(first.session().getId());

        assertThat(adopted.arrival.found()).isEqualTo(Found.ADOPTED);
        assertThat(adopted.get("fragile")).isInstanceOf(Fragile.class);
        assertThat(adopted.set("n", 1).save()).isEqualTo(SaveOutcome.SAVED);
        assertThat(nodes.n2.opened).hasValue(1);
    }

    @Test
    void anErrorOfAnyCodecLeavesTheAttributeAbsentWhenItIsRead() {
        AttributeWriter writer = new AttributeWriter(new SessionCodec() {
            @Override
            public byte[] write(Object value) {
                throw new NoClassDefFoundError("com/acme/Lazy");
            }

            @Override
            public Object read(byte[] bytes) {
                throw new NoClassDefFoundError("com/acme/Lazy");
            }
        });

        assertThat(writer.write("n", List.of())).isInstanceOf(AttributeWriter.Unstorable.class);
        assertThat(writer.read("n", new byte[0])).isEmpty();
    }

    @Test
    void eachListenerIsToldOfTheAdoptionAlsoWhenAnotherOneFails() {
        FakeNode.Request first = nodes.n1.fresh();
        for (int i = 0; i < 4; i++) {
            first.set("refusing" + i, new Refusing()).set("activated" + i, new Activated());
        }
        assertThat(first.save()).isEqualTo(SaveOutcome.SAVED);

        FakeNode.Request adopted = nodes.n2.foreign(first.session().getId());

        assertThat(adopted.arrival.made()).isTrue();
        for (int i = 0; i < 4; i++) {
            assertThat(((Activated) adopted.get("activated" + i)).active).isTrue();
        }
    }
}
