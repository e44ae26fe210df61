package io.limpet.proxy.upstream;

import io.limpet.proxy.http1.ChunkReader;
import io.limpet.proxy.http1.FieldLines;
import io.limpet.proxy.http1.Framing;
import io.limpet.proxy.http1.Progress;
import io.limpet.proxy.http1.ResponseHeadReader;
import java.io.EOFException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** Forgives nothing: a node that is read in two ways is as dangerous as a client. */
final class StrictResponseParser implements ResponseParser {

    /** The shortest line of a field, {@code a:} and its end: the limit is one of bytes alone. */
    private static final int SHORTEST_LINE = 4;

    private enum Part {
        HEAD,
        BODY,
        OVER,
        FAILED
    }

    private final ResponseHeadReader head;
    private final ChunkReader chunks;
    private final SplitPart split = new SplitPart();
    private Part part = Part.OVER;
    private boolean toHead;
    private int status;
    private boolean untouched = true;
    private long left;
    private HttpFields fields = HttpFields.EMPTY;
    private @Nullable HttpFields trailers;
    private ByteBuffer content = BufferUtil.EMPTY_BUFFER;
    private Throwable failure = new IllegalStateException("nothing has failed");

    /** @param longestHead in bytes */
    StrictResponseParser(int longestHead) {
        head = new ResponseHeadReader(longestHead, longestHead / SHORTEST_LINE);
        chunks = new ChunkReader(true, longestHead, longestHead / SHORTEST_LINE);
    }

    @Override
    public void begin(boolean answersHead) {
        toHead = answersHead;
        untouched = true;
        if (part != Part.FAILED) {
            beginHead();
        }
    }

    private void beginHead() {
        part = Part.HEAD;
        trailers = null;
        head.begin(toHead);
    }

    @Override
    public Event next(ByteBuffer buffer) {
        untouched &= !buffer.hasRemaining();
        return switch (part) {
            case HEAD -> head(buffer);
            case BODY -> body(buffer);
            case OVER -> Event.END;
            case FAILED -> Event.FAILED;
        };
    }

    private Event head(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            return Event.NEED_BYTES;
        }
        ByteBuffer whole = split.with(buffer);
        Progress progress = head.read(whole, whole.position(), whole.limit());
        if (progress == Progress.REFUSED) {
            return failed(new MalformedResponseException("malformed response: " + head.flaw()));
        }
        if (progress == Progress.MORE) {
            split.keep(buffer);
            return Event.NEED_BYTES;
        }
        fields = RepeatedFields.of(head.fields());
        split.taken(head.length(), buffer);
        left = head.framing().length();
        status = head.status();
        if (HttpStatus.isInformational(status) && status != HttpStatus.SWITCHING_PROTOCOLS_101) {
            beginHead();
            return Event.HEAD;
        }
        part = head.framing().kind() == Framing.Kind.NONE ? Part.OVER : Part.BODY;
        chunks.begin();
        return Event.HEAD;
    }

    private Event body(ByteBuffer buffer) {
        if (!buffer.hasRemaining()) {
            return Event.NEED_BYTES;
        }
        return switch (head.framing().kind()) {
            case LENGTH -> known(buffer);
            case CHUNKED -> chunk(buffer);
            default -> content(buffer, buffer.remaining());
        };
    }

    private Event known(ByteBuffer buffer) {
        int length = (int) Math.min(left, buffer.remaining());
        left -= length;
        if (left == 0) {
            part = Part.OVER;
        }
        return content(buffer, length);
    }

    private Event content(ByteBuffer buffer, int length) {
        content = buffer.slice(buffer.position(), length);
        buffer.position(buffer.position() + length);
        return Event.CONTENT;
    }

    private Event chunk(ByteBuffer buffer) {
        while (true) {
            // trailers alone may be split
            ByteBuffer whole = split.with(buffer);
            int before = whole.position();
            ChunkReader.Event event = chunks.next(whole);
            switch (event) {
                case CONTENT -> {
                    int length = chunks.contentLength();
                    content = whole.slice(whole.position() - length, length);
                    return Event.CONTENT;
                }
                case LAST -> {}
                case END -> {
                    if (split.isBegun()) {
                        split.taken(whole.position() - before, buffer);
                    }
                    return chunksEnd();
                }
                case MORE -> {
                    if (whole.hasRemaining()) {
                        split.keep(buffer);
                    }
                    return Event.NEED_BYTES;
                }
                case REFUSED -> {
                    return failed(new MalformedResponseException("malformed response: " + chunks.flaw()));
                }
            }
        }
    }

    private Event chunksEnd() {
        FieldLines lines = chunks.trailers();
        trailers = lines.count() == 0 ? null : RepeatedFields.copy(lines);
        part = Part.OVER;
        return Event.END;
    }

    @Override
    public Event end() {
        if (part == Part.BODY && head.framing().kind() == Framing.Kind.UNTIL_CLOSE) {
            part = Part.OVER;
            return Event.END;
        }
        return failed(
                untouched
                        ? new EOFException("the node has closed the connection")
                        : new MalformedResponseException("the response is broken off"));
    }

    private Event failed(Throwable cause) {
        part = Part.FAILED;
        failure = cause;
        return Event.FAILED;
    }

    @Override
    public boolean isUntouched() {
        return untouched;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public HttpFields fields() {
        return fields;
    }

    @Override
    public ByteBuffer content() {
        return content;
    }

    @Override
    public @Nullable HttpFields trailers() {
        return trailers;
    }

    @Override
    public boolean isPersistent() {
        if (head.framing().kind() == Framing.Kind.UNTIL_CLOSE
                || fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString())) {
            return false;
        }
        return !head.isOld() || fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.KEEP_ALIVE.asString());
    }

    @Override
    public Throwable failure() {
        return failure;
    }
}
