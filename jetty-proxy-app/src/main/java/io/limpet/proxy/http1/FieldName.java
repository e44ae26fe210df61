package io.limpet.proxy.http1;

import java.nio.ByteBuffer;
import java.util.Locale;

/** The fields that a proxy has to know. Found by the hash of their name in small letters, as it is read. */
public enum FieldName {
    /** Any other. */
    OTHER,
    CONNECTION,
    CONTENT_LENGTH,
    COOKIE,
    DATE,
    EXPECT,
    FORWARDED,
    HOST,
    HTTP2_SETTINGS,
    KEEP_ALIVE,
    LOCATION,
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    PROXY_CONNECTION,
    SERVER,
    SET_COOKIE,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
    X_REAL_IP;

    private static final int SLOTS = 256;
    private static final FieldName[] BY_HASH = new FieldName[SLOTS];

    static {
        for (FieldName name : values()) {
            if (name != OTHER) {
                int slot = slot(hash(name.small));
                while (BY_HASH[slot] != null) {
                    slot = slot(slot + 1);
                }
                BY_HASH[slot] = name;
            }
        }
    }

    private final String small = name().toLowerCase(Locale.ROOT).replace('_', '-');

    static int hash(int before, int octet) {
        return 31 * before + Octets.small(octet);
    }

    private static int hash(String name) {
        return name.chars().reduce(0, FieldName::hash);
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 8) & (SLOTS - 1);
    }

    /** The field whose name stands there and has this hash. */
    static FieldName of(int hash, ByteBuffer buffer, int start, int end) {
        int slot = slot(hash);
        while (BY_HASH[slot] != null) {
            if (BY_HASH[slot].stands(buffer, start, end)) {
                return BY_HASH[slot];
            }
            slot = slot(slot + 1);
        }
        return OTHER;
    }

    private boolean stands(ByteBuffer buffer, int start, int end) {
        if (end - start != small.length()) {
            return false;
        }
        for (int i = 0; i < small.length(); i++) {
            if (Octets.small(buffer.get(start + i)) != small.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
