package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Takes the responses of one connection apart, one after the other. Not thread-safe. */
interface ResponseParser {

    /** What was found next. */
    enum Event {
        /** Nothing yet: all bytes are read, and more are needed. */
        NEED_BYTES,
        /** The head of a response, interim ones included. */
        HEAD,
        /** A part of the body: {@link #content()}. */
        CONTENT,
        /** The end of the response; trailers, when there were any, are known. */
        END,
        /** What came is no response, or ended too early: {@link #failure()}. The connection is of no more use. */
        FAILED
    }

    /**
     * Begins with the next response.
     *
     * @param answersHead whether it answers a HEAD request, and so has no body
     */
    void begin(boolean answersHead);

    /** Reads as far as the next event. */
    Event next(ByteBuffer buffer);

    /** The connection was closed in order: the event that this makes, with no byte left to read. */
    Event end();

    /** Whether not one byte of a response has been read. */
    boolean isUntouched();

    int status();

    HttpFields fields();

    /** The part of the buffer that is content, without framing. */
    ByteBuffer content();

    /** Fields behind the body; null when there were none. */
    @Nullable
    HttpFields trailers();

    /** Whether the connection may be used again after the end (RFC 9112 §9.3). */
    boolean isPersistent();

    Throwable failure();
}
