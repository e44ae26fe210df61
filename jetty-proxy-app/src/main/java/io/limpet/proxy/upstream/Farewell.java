package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Ends what a node sends to a client over a WebSocket with a close frame of the proxy's own, "going away" (RFC 6455
 * §7.4.1), between two of the node's frames. Behind it nothing passes.
 *
 * <p>{@link #due} may be called by any thread, the rest by the one that passes the bytes.
 */
final class Farewell {

    /** Final, opcode 8, not masked because it comes from the server's side; two bytes: 1001. */
    private static final byte[] GOING_AWAY = {(byte) 0x88, 2, 0x03, (byte) 0xe9};

    private final WebSocketFrames frames = new WebSocketFrames();
    private volatile boolean due;
    private boolean said;

    /** From here on it is said as soon as a frame ends. */
    void due() {
        due = true;
    }

    boolean isDue() {
        return due;
    }

    /** Whether it can be said now. Not when the node has said so itself. */
    boolean canBeSaid() {
        return due && !said && frames.isBetweenFrames() && !frames.isClosing();
    }

    ByteBuffer say() {
        said = true;
        return BufferUtil.toBuffer(GOING_AWAY);
    }

    /** Whether it has been said: what the node sends now goes nowhere. */
    boolean isSaid() {
        return said;
    }

    /** What of these bytes may pass before anything else is said; the rest stays in their buffer. */
    ByteBuffer passing(ByteBuffer bytes) {
        if (!due || frames.isClosing()) {
            frames.pass(bytes);
            return bytes;
        }
        int length = frames.passToEndOfFrame(bytes);
        ByteBuffer part = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return part;
    }
}
