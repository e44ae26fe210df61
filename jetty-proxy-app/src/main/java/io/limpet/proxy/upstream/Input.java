package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** What was read from a node and not yet understood. A buffer is held only while it holds bytes. Not thread-safe. */
final class Input {

    /** As much as a loopback or a fast network brings at once: each read is a system call, and so is the write behind it. */
    private static final int BUFFER = 32 * 1024;

    private final ByteBufferPool buffers;
    private RetainableByteBuffer.@Nullable Mutable buffer;

    Input(ByteBufferPool buffers) {
        this.buffers = buffers;
    }

    /** The bytes that are there; whoever takes some moves the position. */
    ByteBuffer bytes() {
        return buffer == null ? BufferUtil.EMPTY_BUFFER : buffer.getByteBuffer();
    }

    boolean isEmpty() {
        return !bytes().hasRemaining();
    }

    /** Room for more, when all was taken; never the room that somebody still reads. */
    ByteBuffer space() {
        if (buffer != null && buffer.isRetained()) {
            release();
        }
        if (buffer == null) {
            buffer = buffers.acquire(BUFFER, true);
        }
        return buffer.getByteBuffer();
    }

    /** Lets a part of the bytes outlast this; whoever has it releases the buffer. */
    RetainableByteBuffer retain() {
        if (buffer == null) {
            throw new IllegalStateException("there is nothing to be kept");
        }
        buffer.retain();
        return buffer;
    }

    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
