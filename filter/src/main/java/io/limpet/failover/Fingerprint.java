package io.limpet.failover;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Tells whether an attribute's bytes have changed since they were saved: 64 bits of two unrelated checksums, far
 * cheaper than keeping a second copy of every session.
 */
record Fingerprint(int length, long bits) {

    static Fingerprint of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return new Fingerprint(bytes.length, (crc.getValue() << 32) | (Arrays.hashCode(bytes) & 0xffffffffL));
    }
}
