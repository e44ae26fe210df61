package io.limpet.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JavaSessionCodecTest {

    private static final AtomicInteger ATTACKS = new AtomicInteger();

    private final JavaSessionCodec codec =
            new JavaSessionCodec(List.of("com.acme.**"), JavaSessionCodecTest.class.getClassLoader());

    /** Does its harm when it is read, as the classes do that attacks are built of. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;

        private void readObject(ObjectInputStream in) throws IOException {
            ATTACKS.incrementAndGet();
        }
    }

    private static byte[] serialized(Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        return bytes.toByteArray();
    }

    @Test
    void aGadgetOnTheClassPathIsNotMade() throws Exception {
        byte[] attack = serialized(new Gadget());
        assertThatThrownBy(() -> codec.read(attack)).isInstanceOf(IOException.class);
        assertThat(ATTACKS).hasValue(0);
    }

    @Test
    void aGadgetInsideAnAllowedCollectionIsNotMade() throws Exception {
        byte[] attack = serialized(new ArrayList<>(List.of("harmless", new Gadget())));
        assertThatThrownBy(() -> codec.read(attack)).isInstanceOf(IOException.class);
        assertThat(ATTACKS).hasValue(0);
    }

    @Test
    void aClassThatCouldNotBeReadIsRefusedWhenItIsWritten() {
        assertThatThrownBy(() -> codec.write(new Gadget()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("session-classes");
    }

    @Test
    void garbledBytesAreAnIOExceptionAndNothingElse() throws Exception {
        byte[] good = codec.write(new ArrayList<>(List.of("rope", 1, 2L, List.of("anchor"))));
        Random random = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, 1 + random.nextInt(good.length));
            for (int j = 0; j < 3; j++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(codec.read(bad)).isNotNull();
            } catch (IOException expected) {
                assertThat(expected).hasMessageNotContaining("OutOfMemory");
            }
        }
    }
}
