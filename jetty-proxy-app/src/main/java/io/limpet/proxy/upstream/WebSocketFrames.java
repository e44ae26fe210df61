package io.limpet.proxy.upstream;

import java.nio.ByteBuffer;

/**
 * Follows the frames of one direction of a WebSocket (RFC 6455 §5.2), as far as it takes to know where one ends. Looks at
 * nothing but their heads. Not thread-safe.
 */
final class WebSocketFrames {

    private static final int CLOSE = 0x8;

    /** The first bytes of a head, as far as they have come; the mask counts as payload. */
    private final ByteBuffer head = ByteBuffer.allocate(10);

    private long payload;
    private boolean closing;

    /** Whether what has passed ends with a whole frame, or is nothing yet. */
    boolean isBetweenFrames() {
        return payload == 0 && head.position() == 0;
    }

    /** Whether a close frame has passed, behind which there must be no other (RFC 6455 §5.5.1). */
    boolean isClosing() {
        return closing;
    }

    /** All of these bytes pass; their buffer stays as it is. */
    void pass(ByteBuffer bytes) {
        int at = bytes.position();
        while (at < bytes.limit()) {
            at = frame(bytes, at);
        }
    }

    /** Of these bytes those pass which end the current frame; their buffer stays as it is. Answers how many they are. */
    int passToEndOfFrame(ByteBuffer bytes) {
        int at = bytes.position();
        while (at < bytes.limit() && !isBetweenFrames()) {
            at = frame(bytes, at);
        }
        return at - bytes.position();
    }

    /** Goes on by a byte of a head, or by as much of a payload as there is. */
    private int frame(ByteBuffer bytes, int at) {
        if (payload > 0) {
            long there = Math.min(payload, bytes.limit() - at);
            payload -= there;
            return at + (int) there;
        }
        head.put(bytes.get(at));
        if (head.position() >= 2 && head.position() == headLength()) {
            begin();
        }
        return at + 1;
    }

    private int headLength() {
        return switch (head.get(1) & 0x7f) {
            case 126 -> 4;
            case 127 -> 10;
            default -> 2;
        };
    }

    private void begin() {
        long length = switch (headLength()) {
            case 4 -> head.getShort(2) & 0xffff;
            // the first bit must be 0; a peer that sets it has no frame that ends
            case 10 -> head.getLong(2) & Long.MAX_VALUE;
            default -> head.get(1) & 0x7f;
        };
        boolean masked = (head.get(1) & 0x80) != 0;
        payload = masked ? length + 4 : length;
        closing |= (head.get(0) & 0x0f) == CLOSE;
        head.clear();
    }
}
