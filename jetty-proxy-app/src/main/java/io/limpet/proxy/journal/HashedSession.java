package io.limpet.proxy.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A session's id as it may stand in a log: the same for the same session, and of no use to who reads it. */
final class HashedSession {

    private static final int BYTES = 6;

    private HashedSession() {}

    /** The first 12 hexadecimal digits of its SHA-256, as {@code printf %s 4F2A | sha256sum | cut -c1-12} says it. */
    static String of(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
