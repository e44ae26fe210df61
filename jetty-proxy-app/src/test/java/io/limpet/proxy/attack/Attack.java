package io.limpet.proxy.attack;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a client sends on one connection.
 *
 * @param name the file's and its own
 * @param why the section of an RFC, or the advisory, that it was written from
 * @param marks what is expected of it besides the verdict
 * @param text what is sent, a character for each byte
 */
public record Attack(String name, String why, Set<Mark> marks, String text) {

    /** What an entry says of itself. */
    public enum Mark {
        /** It is honest, and has to reach the origin. */
        PASSES,
        /** It is well-formed, and must not reach the origin all the same. */
        REFUSED,
        /** No further request is sent behind it. */
        ALONE
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name + " (" + why + ")";
    }
}
