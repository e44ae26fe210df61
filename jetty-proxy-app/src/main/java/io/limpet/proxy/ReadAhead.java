package io.limpet.proxy;

import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a body before anybody wanted it, in memory of its own: a part and the end behind it, because they may
 * be held for as long as the request waits.
 *
 * <p>Not safe for use by several threads.
 */
final class ReadAhead {

    private static final int MOST = 2;

    private final Deque<Content.Chunk> chunks = new ArrayDeque<>(MOST);

    /** Has read this, which is no failure. */
    void add(Content.Chunk chunk) {
        chunks.add(ownCopy(chunk));
    }

    private static Content.Chunk ownCopy(Content.Chunk chunk) {
        if (!chunk.hasRemaining()) {
            return chunk;
        }
        Content.Chunk copy = Content.Chunk.from(BufferUtil.copy(chunk.getByteBuffer()), chunk.isLast());
        chunk.release();
        return copy;
    }

    /** The next of it; null when there is none. */
    Content.@Nullable Chunk poll() {
        return chunks.poll();
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean isFull() {
        return chunks.size() >= MOST;
    }

    /** Whether nothing comes behind it. */
    boolean hasTheEnd() {
        return !chunks.isEmpty() && chunks.getLast().isLast();
    }
}
