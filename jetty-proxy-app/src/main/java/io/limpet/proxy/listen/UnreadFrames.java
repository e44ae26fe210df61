package io.limpet.proxy.listen;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http2.BufferingFlowControlStrategy;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection's flow control (RFC 9113 §5.2), which counts frames beside bytes: one byte in a frame and in a
 * packet of its own keeps a whole buffer of 16 KB until it is read, so a window full of them would be a gigabyte. Whoever
 * sends too many ahead is cut off (ENHANCE_YOUR_CALM).
 *
 * <p>Frames come on the connection's thread and are read on any; each leaves its stream's queue once, and is counted down
 * by whoever takes it.
 */
final class UnreadFrames extends BufferingFlowControlStrategy {

    /** A connection's window in frames of 256 bytes: clients send larger ones when they are not let on. */
    static final int MOST = 512;

    /**
     * As many bytes are read before the client is told so, of all that it may send ahead. At Jetty's own half the others of
     * a connection would wait for a body that nobody takes: that holds a half, and the half that they have read is not
     * more than one.
     */
    private static final float RATIO = 0.25F;

    private final Map<Stream, Queue<Integer>> lengths = new ConcurrentHashMap<>();
    private final AtomicInteger unread = new AtomicInteger();

    UnreadFrames() {
        super(RATIO);
    }

    @Override
    public void onStreamCreated(Stream stream) {
        super.onStreamCreated(stream);
        lengths.put(stream, new ConcurrentLinkedQueue<>());
    }

    @Override
    public void onStreamDestroyed(Stream stream) {
        super.onStreamDestroyed(stream);
        Queue<Integer> left = lengths.remove(stream);
        if (left != null) {
            take(left, Integer.MAX_VALUE);
        }
    }

    @Override
    public void onDataReceived(Session session, @Nullable Stream stream, int length) {
        super.onDataReceived(session, stream, length);
        Queue<Integer> ahead = stream == null ? null : lengths.get(stream);
        // limits.events counts empty ones
        if (stream == null || ahead == null || length == 0) {
            return;
        }
        int now = unread.incrementAndGet();
        ahead.add(length);
        if (!lengths.containsKey(stream)) { // it has ended in between
            take(ahead, Integer.MAX_VALUE);
        }
        if (now > MOST && session instanceof HTTP2Session http2) {
            http2.close(
                    ErrorCode.ENHANCE_YOUR_CALM_ERROR.code,
                    "too many small frames",
                    Callback.from(http2.getEndPoint()::close));
        }
    }

    @Override
    public void onDataConsumed(Session session, @Nullable Stream stream, int length) {
        Queue<Integer> ahead = stream == null ? null : lengths.get(stream);
        if (ahead != null) {
            take(ahead, length);
        }
        super.onDataConsumed(session, stream, length);
    }

    /** They are read in the order in which they came: one, or all that there are of a stream that is given up. */
    private void take(Queue<Integer> ahead, int bytes) {
        int left = bytes;
        while (left > 0) {
            Integer length = ahead.poll();
            if (length == null) {
                return;
            }
            left -= length;
            unread.decrementAndGet();
        }
    }
}
