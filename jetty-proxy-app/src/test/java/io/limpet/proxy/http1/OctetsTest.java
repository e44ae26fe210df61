package io.limpet.proxy.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OctetsTest {

    private static final int LENGTH = 21;

    /** What is not part of the value on either side ends one. */
    private static ByteBuffer visible() {
        byte[] octets = new byte[LENGTH];
        Arrays.fill(octets, (byte) 'a');
        octets[0] = 0;
        octets[LENGTH - 1] = 0;
        return ByteBuffer.wrap(octets);
    }

    @Test
    void aValueEndsAtEachOctetThatMayNotStandInItWhereverThatIs() {
        for (int octet = 0; octet < 256; octet++) {
            for (int at = 1; at < LENGTH - 1; at++) {
                ByteBuffer value = visible().put(at, (byte) octet);
                assertThat(Octets.endOfValue(value, 1, LENGTH))
                        .as("octet %d at %d", octet, at)
                        .isEqualTo(Octets.is(octet, Octets.VALUE) ? LENGTH - 1 : at);
            }
        }
    }

    @Test
    void aValueEndsAtEachOctetBesideOthersOfAllKinds() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                ByteBuffer value = visible().put(9, (byte) first).put(10, (byte) second);
                int end = !Octets.is(first, Octets.VALUE) ? 9 : !Octets.is(second, Octets.VALUE) ? 10 : LENGTH - 1;
                assertThat(Octets.endOfValue(value, 1, LENGTH))
                        .as("%d, %d", first, second)
                        .isEqualTo(end);
            }
        }
    }

    @Test
    void nothingBehindTheLimitIsLookedAt() {
        for (int limit = 1; limit < LENGTH - 1; limit++) {
            ByteBuffer value = visible().put(limit, (byte) 0);
            assertThat(Octets.endOfValue(value, 1, limit)).isEqualTo(limit);
        }
    }
}
