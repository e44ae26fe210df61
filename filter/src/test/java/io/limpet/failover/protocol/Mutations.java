package io.limpet.failover.protocol;

import java.util.Arrays;
import java.util.Random;

/** Bytes as a broken disk, a cut connection or an attacker would make them of good ones. */
final class Mutations {

    private final Random random;

    Mutations(long seed) {
        random = new Random(seed);
    }

    byte[] mutate(byte[] good) {
        byte[] bytes = good.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes = switch (random.nextInt(5)) {
                case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
                case 1 -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(16));
                case 2 -> withHugeLength(bytes);
                default -> withOtherByte(bytes);
            };
        }
        return bytes;
    }

    private byte[] withOtherByte(byte[] bytes) {
        if (bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Four bytes that read as a length of up to two billion, or as a negative one. */
    private byte[] withHugeLength(byte[] bytes) {
        if (bytes.length >= 4) {
            int at = random.nextInt(bytes.length - 3);
            bytes[at] = (byte) (random.nextBoolean() ? 0x7F : 0xFF);
            bytes[at + 1] = (byte) 0xFF;
        }
        return bytes;
    }
}
