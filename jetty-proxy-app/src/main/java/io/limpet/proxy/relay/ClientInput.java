package io.limpet.proxy.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a client has sent and nobody has taken. A buffer is held only while it holds bytes, and never written to again where
 * somebody {@linkplain #keep keeps} some. Not thread-safe.
 */
final class ClientInput {

    private final ByteBufferPool buffers;
    private RetainableByteBuffer.@Nullable Mutable buffer;

    ClientInput(ByteBufferPool buffers) {
        this.buffers = buffers;
    }

    void add(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            BufferUtil.append(space(bytes.remaining()), bytes);
        }
    }

    private ByteBuffer space(int least) {
        if (buffer == null) {
            buffer = buffers.acquire(Math.max(RelayConnections.LONGEST, least), true);
        }
        return buffer.getByteBuffer();
    }

    /**
     * Reads once, as far as there is room.
     *
     * @return how many bytes; -1 when no more will come
     */
    int fill(EndPoint from) throws IOException {
        ByteBuffer space = space(0);
        return BufferUtil.isFull(space) ? 0 : from.fill(space);
    }

    boolean hasRoom() {
        return buffer == null || !BufferUtil.isFull(buffer.getByteBuffer());
    }

    ByteBuffer bytes() {
        return buffer == null ? BufferUtil.EMPTY_BUFFER : buffer.getByteBuffer();
    }

    boolean isEmpty() {
        return !bytes().hasRemaining();
    }

    void skip(int count) {
        ByteBuffer bytes = bytes();
        bytes.position(bytes.position() + count);
    }

    /** The next bytes, so many of them, which outlast this; whoever has them releases them. */
    Content.Chunk keep(int count) {
        if (buffer == null || count == 0) {
            return Content.Chunk.EOF;
        }
        ByteBuffer bytes = bytes();
        buffer.retain();
        Content.Chunk kept = Content.Chunk.asChunk(bytes.slice(bytes.position(), count), true, buffer);
        skip(count);
        return kept;
    }

    /** All that is there, in memory of its own; null when there is nothing. */
    @Nullable
    ByteBuffer take() {
        ByteBuffer rest = isEmpty() ? null : BufferUtil.copy(bytes());
        release();
        return rest;
    }

    void clear() {
        BufferUtil.clear(bytes());
    }

    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
