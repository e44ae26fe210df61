package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;

/** A head, or trailers, of which the buffer has only the end: what came before is kept here. Not thread-safe. */
final class SplitPart {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** From its position on what was kept, to its limit. */
    private ByteBuffer kept = NOTHING;

    private int before;

    /** All that is there of the part: these bytes, or a copy of them behind those that were kept. */
    ByteBuffer with(ByteBuffer bytes) {
        before = kept.remaining();
        if (before == 0) {
            return bytes;
        }
        ByteBuffer all = ByteBuffer.allocate(before + bytes.remaining());
        all.put(kept.duplicate()).put(bytes.duplicate()).flip();
        return all;
    }

    /** All of these bytes belong to the part, and more are to come. */
    void keep(ByteBuffer bytes) {
        ByteBuffer all = with(bytes);
        kept = before == 0
                ? ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip()
                : all;
        bytes.position(bytes.limit());
    }

    /** Whether something was kept, so that what {@link #with} gave is a copy. */
    boolean isBegun() {
        return before > 0;
    }

    /** The part was so long: its end is taken from these bytes. */
    void taken(int length, ByteBuffer bytes) {
        bytes.position(bytes.position() + length - before);
        kept = NOTHING;
        before = 0;
    }
}
