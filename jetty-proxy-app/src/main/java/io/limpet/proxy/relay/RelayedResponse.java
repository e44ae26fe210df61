package io.limpet.proxy.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** The response to a plain request; what is written leaves at once, the first part together with the head. */
public final class RelayedResponse implements Response {

    private static final byte[] END = "0\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = "\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final HttpField CLOSE = new HttpField(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
    private static final HttpField CHUNKED = new HttpField(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);

    private final RelayedRequest request;
    private final EndPoint endPoint;
    private final HttpFields.Mutable fields = HttpFields.build();
    private final HttpField date;
    private int status = HttpStatus.OK_200;
    private @Nullable Supplier<HttpFields> trailers;
    private boolean persistent;
    private volatile boolean committed;
    private boolean chunked;
    private boolean bodiless;
    private boolean last;
    private volatile boolean complete;
    private long contentBytes;

    private final class LastWrite extends Callback.Nested {
        LastWrite(Callback callback) {
            super(callback);
        }

        @Override
        public void succeeded() {
            complete = true;
            super.succeeded();
        }
    }

    RelayedResponse(RelayedRequest request, EndPoint endPoint, HttpField date) {
        this.request = request;
        this.endPoint = endPoint;
        this.date = date;
        this.persistent = !request.getHeaders().contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        fields.add(date);
    }

    /** Whether it was written to its end, and the connection may bring another request (RFC 9112 §9.3). */
    boolean isFollowed() {
        return complete && persistent;
    }

    /** How many bytes of content there were. */
    public long contentBytes() {
        return contentBytes;
    }

    @Override
    public void write(boolean isLast, @Nullable ByteBuffer bytes, Callback callback) {
        ByteBuffer content = bytes == null ? BufferUtil.EMPTY_BUFFER : bytes;
        ByteBuffer head = committed ? BufferUtil.EMPTY_BUFFER : commit(isLast, content.remaining());
        last = isLast;
        contentBytes += bodiless ? 0 : content.remaining();
        Callback told = isLast ? new LastWrite(callback) : callback;
        if (bodiless || !chunked) {
            send(told, head, bodiless ? BufferUtil.EMPTY_BUFFER : content);
            return;
        }
        ByteBuffer size = content.hasRemaining()
                ? ascii(Integer.toHexString(content.remaining()) + "\r\n")
                : BufferUtil.EMPTY_BUFFER;
        send(told, head, size, content, behind(content.hasRemaining(), isLast));
    }

    private void send(Callback callback, ByteBuffer... buffers) {
        endPoint.write(callback, buffers);
    }

    /** RFC 9112 §7.1, §7.1.2. */
    private ByteBuffer behind(boolean content, boolean isLast) {
        HeadBytes bytes = new HeadBytes();
        if (content) {
            bytes.put(CRLF);
        }
        if (isLast) {
            bytes.put(END);
            HttpFields found = trailers == null ? null : trailers.get();
            if (found != null) {
                found.forEach(bytes::field);
            }
            bytes.put(CRLF);
        }
        return bytes.end();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private ByteBuffer commit(boolean whole, int length) {
        committed = true;
        bodiless = HttpMethod.HEAD.is(request.getMethod())
                || status == HttpStatus.NO_CONTENT_204
                || status == HttpStatus.NOT_MODIFIED_304;
        boolean says = fields.contains(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        persistent &= !says;
        HeadBytes head = new HeadBytes();
        head.status(status);
        fields.forEach(head::field);
        if (!bodiless && !fields.contains(HttpHeader.CONTENT_LENGTH)) {
            chunked = !whole || trailers != null;
            head.field(chunked ? CHUNKED : new HttpField(HttpHeader.CONTENT_LENGTH, Integer.toString(length)));
        }
        if (!persistent && !says) {
            head.field(CLOSE);
        }
        head.put(CRLF);
        return head.end();
    }

    @Override
    public CompletableFuture<Void> writeInterim(int interim, HttpFields hints) {
        HeadBytes head = new HeadBytes();
        head.status(interim);
        hints.forEach(head::field);
        head.put(CRLF);
        Callback.Completable written = new Callback.Completable();
        send(written, head.end());
        return written;
    }

    @Override
    public void reset() {
        if (committed) {
            throw new IllegalStateException("the response has begun");
        }
        status = HttpStatus.OK_200;
        trailers = null;
        fields.clear();
        fields.add(date);
    }

    @Override
    public Request getRequest() {
        return request;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public HttpFields.Mutable getHeaders() {
        return fields;
    }

    @Override
    public @Nullable Supplier<HttpFields> getTrailersSupplier() {
        return trailers;
    }

    @Override
    public void setTrailersSupplier(@Nullable Supplier<HttpFields> supplier) {
        trailers = supplier;
    }

    @Override
    public boolean isCommitted() {
        return committed;
    }

    @Override
    public boolean hasLastWrite() {
        return last;
    }

    @Override
    public boolean isCompletedSuccessfully() {
        return complete;
    }
}
