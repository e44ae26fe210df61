package io.limpet.proxy.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/** One direction of a {@link UpgradeTunnel}: what comes from one side is written to the other, and nothing is read before. */
final class TunnelDirection extends IteratingCallback {

    private static final int BUFFER = 16 * 1024;

    /** Bytes that pass while others wait for the same thread. */
    private static final long LONGEST_TURN = 1024 * 1024;

    private final UpgradeTunnel tunnel;
    private final EndPoint from;
    private final EndPoint to;
    private final ByteBufferPool buffers;
    private final Callback onBytes = Callback.from(InvocationType.NON_BLOCKING, this::iterate, this::failedToRead);

    private final ByteBuffer early;
    private final @Nullable Farewell farewell;
    private @Nullable RetainableByteBuffer buffer;
    private long turn;

    /**
     * @param early what was read already
     * @param farewell what may be said in between; null for nothing
     */
    TunnelDirection(
            UpgradeTunnel tunnel,
            EndPoint from,
            EndPoint to,
            ByteBuffer early,
            ByteBufferPool buffers,
            @Nullable Farewell farewell) {
        this.tunnel = tunnel;
        this.from = from;
        this.to = to;
        this.early = early;
        this.buffers = buffers;
        this.farewell = farewell;
    }

    private void failedToRead(Throwable cause) {
        abort(cause);
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    protected Action process() throws IOException {
        while (true) {
            if (farewell != null && farewell.canBeSaid()) {
                to.write(this, farewell.say());
                return Action.SCHEDULED;
            }
            ByteBuffer read = early.hasRemaining() || buffer == null ? early : buffer.getByteBuffer();
            if (read.hasRemaining()) {
                if (passes(read)) {
                    return Action.SCHEDULED;
                }
                continue;
            }
            if (buffer == null) {
                buffer = buffers.acquire(BUFFER, true);
            }
            int filled = turn < LONGEST_TURN ? from.fill(buffer.getByteBuffer()) : 0;
            if (filled > 0) {
                turn += filled;
                continue;
            }
            turn = 0;
            release();
            if (filled < 0) {
                return Action.SUCCEEDED;
            }
            // woken to say farewell it may wait for bytes already
            from.tryFillInterested(onBytes);
            return Action.IDLE;
        }
    }

    private boolean passes(ByteBuffer read) {
        if (farewell == null) {
            to.write(this, read);
            return true;
        }
        if (farewell.isSaid()) {
            BufferUtil.clear(read);
            return false;
        }
        to.write(this, farewell.passing(read));
        return true;
    }

    @Override
    protected void onCompleteSuccess() {
        to.shutdownOutput();
        tunnel.directionEnded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        release();
        tunnel.close(cause);
    }

    private void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }
}
