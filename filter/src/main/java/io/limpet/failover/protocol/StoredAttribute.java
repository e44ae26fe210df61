package io.limpet.failover.protocol;

import java.util.Arrays;

/**
 * One attribute's value as the session codec wrote it. The store never looks inside.
 *
 * <p>Immutable by agreement: the bytes are handed over, not copied, because they are copied once more on their way out
 * anyway. Nobody may change them.
 *
 * @param bytes the serialized value
 * @param stamp when it was last changed
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode look at the content
public record StoredAttribute(byte[] bytes, Stamp stamp) {

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredAttribute that && stamp.equals(that.stamp) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * stamp.hashCode() + Arrays.hashCode(bytes);
    }

    /** The size only: a session's content belongs in no log. */
    @Override
    public String toString() {
        return "StoredAttribute[" + bytes.length + " bytes, " + stamp + "]";
    }
}
