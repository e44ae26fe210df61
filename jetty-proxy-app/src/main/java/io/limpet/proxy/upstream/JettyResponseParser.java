package io.limpet.proxy.upstream;

import java.io.EOFException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** Jetty's parser, which forgives nothing: a node that is read in two ways is as dangerous as a client. */
final class JettyResponseParser implements ResponseParser, HttpParser.ResponseHandler {

    private final HttpParser parser;
    private HttpFields.Mutable fields = HttpFields.build();
    private HttpFields.@Nullable Mutable trailers;
    private HttpVersion version = HttpVersion.HTTP_1_1;
    private int status;
    private boolean untouched = true;
    private boolean toHead;
    private boolean stopped;
    private Event event = Event.NEED_BYTES;
    private ByteBuffer content = BufferUtil.EMPTY_BUFFER;
    private Throwable failure = new IllegalStateException("nothing has failed");

    /** @param longestHead in bytes */
    JettyResponseParser(int longestHead) {
        parser = new HttpParser(this, longestHead, HttpCompliance.STRICT);
        parser.setHeaderCacheSize(0);
        // else a charset=UTF-8 becomes the charset=utf-8 of Jetty's table of known header fields
        parser.setHeaderCacheCaseSensitive(true);
    }

    @Override
    public void begin(boolean answersHead) {
        toHead = answersHead;
        untouched = true;
        reset();
    }

    private void reset() {
        parser.reset();
        parser.setHeadResponse(toHead);
    }

    @Override
    public Event next(ByteBuffer buffer) {
        if (stopped) {
            return Event.FAILED;
        }
        untouched &= !buffer.hasRemaining();
        event = Event.NEED_BYTES;
        boolean moved = true;
        while (moved && event == Event.NEED_BYTES) {
            int before = buffer.remaining();
            parse(buffer);
            moved = buffer.hasRemaining() && buffer.remaining() < before;
            if (event == Event.END && HttpStatus.isInformational(status)) {
                // the end of what was no answer yet
                reset();
                event = Event.NEED_BYTES;
                moved = buffer.hasRemaining();
            }
        }
        return event;
    }

    private void parse(ByteBuffer buffer) {
        try {
            parser.parseNext(buffer);
        } catch (RuntimeException | AssertionError e) {
            // Jetty asserts that the status of whatever is malformed says so
            failed(new MalformedResponseException("malformed response", e));
        }
    }

    @Override
    public Event end() {
        if (untouched) {
            return failed(new EOFException("the node has closed the connection"));
        }
        parser.atEOF();
        Event last = next(BufferUtil.EMPTY_BUFFER);
        return last == Event.NEED_BYTES ? failed(new EOFException("the node has broken off")) : last;
    }

    @Override
    public void startResponse(HttpVersion responseVersion, int responseStatus, @Nullable String reason) {
        fields = HttpFields.build();
        trailers = null;
        version = responseVersion;
        status = responseStatus;
    }

    @Override
    public void parsedHeader(@Nullable HttpField field) {
        if (field != null) {
            fields.add(field);
        }
    }

    @Override
    public boolean headerComplete() {
        event = Event.HEAD;
        return true;
    }

    @Override
    public boolean content(ByteBuffer part) {
        content = part;
        event = Event.CONTENT;
        return true;
    }

    @Override
    public boolean contentComplete() {
        return false;
    }

    @Override
    public void parsedTrailer(@Nullable HttpField field) {
        if (field == null) {
            return;
        }
        if (trailers == null) {
            trailers = HttpFields.build();
        }
        trailers.add(field);
    }

    @Override
    public boolean messageComplete() {
        event = Event.END;
        return true;
    }

    @Override
    public void earlyEOF() {
        // with a part of a response there: not a lost connection, after which the request might be repeated
        failed(new MalformedResponseException("the response is malformed, or broken off"));
    }

    @Override
    public void badMessage(HttpException problem) {
        failed(new MalformedResponseException(
                problem.getReason() == null ? "malformed response" : problem.getReason()));
    }

    private Event failed(Throwable cause) {
        stopped = true;
        failure = cause;
        event = Event.FAILED;
        return event;
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
        if (parser.isClosed() || fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString())) {
            return false;
        }
        return version == HttpVersion.HTTP_1_1
                || fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.KEEP_ALIVE.asString());
    }

    @Override
    public Throwable failure() {
        return failure;
    }
}
