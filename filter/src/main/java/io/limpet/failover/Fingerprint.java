package io.limpet.failover;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Tells whether an attribute's bytes have changed since they were saved: 64 bits of two checksums with different
 * polynomials, which processors compute, far cheaper than keeping a second copy of every session.
 */
record Fingerprint(int length, long bits) {

    static Fingerprint of(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        CRC32 other = new CRC32();
        other.update(bytes);
        return new Fingerprint(bytes.length, (crc.getValue() << 32) | other.getValue());
    }
}
