package io.limpet.failover;

import io.limpet.failover.protocol.Stamp;

/**
 * What the store is known to have of one attribute.
 *
 * @param own whether this node has written it; bytes that another one wrote may differ for the same value
 * @param here what this node makes of that value: where its class is of another version, a field may be missing, and
 *     whoever only reads must not take that away
 */
record Kept(Fingerprint fingerprint, Stamp stamp, boolean own, Fingerprint here) {
    Kept(Fingerprint fingerprint, Stamp stamp, boolean own) {
        this(fingerprint, stamp, own, fingerprint);
    }

    Kept readAs(Fingerprint written) {
        return new Kept(fingerprint, stamp, own, written);
    }

    boolean is(byte[] bytes) {
        return fingerprint.equals(Fingerprint.of(bytes));
    }
}
