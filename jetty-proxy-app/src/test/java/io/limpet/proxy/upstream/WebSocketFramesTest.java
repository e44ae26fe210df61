package io.limpet.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.jetty.util.BufferUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where frames end (RFC 6455 §5.2), and what is said there. */
class WebSocketFramesTest {

    private static final int BINARY = 0x82;
    private static final int CLOSE = 0x88;

    private static byte[] frame(int first, int length, boolean masked) {
        ByteBuffer head = ByteBuffer.allocate(14).put((byte) first);
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            head.put((byte) (mask | length));
        } else if (length < 65_536) {
            head.put((byte) (mask | 126)).putShort((short) length);
        } else {
            head.put((byte) (mask | 127)).putLong(length);
        }
        if (masked) {
            head.putInt(0x88888888);
        }
        ByteBuffer frame = ByteBuffer.allocate(head.position() + length).put(head.flip());
        while (frame.hasRemaining()) {
            frame.put((byte) CLOSE);
        }
        return frame.array();
    }

    @ParameterizedTest
    @CsvSource({
        "0, false",
        "1, false",
        "125, false",
        "126, false",
        "127, false",
        "65535, false",
        "65536, false",
        "100000, false",
        "0, true",
        "125, true",
        "126, true",
        "65536, true"
    })
    void aFrameEndsWithItsLastByteAndNotBefore(int length, boolean masked) {
        WebSocketFrames frames = new WebSocketFrames();
        byte[] frame = frame(BINARY, length, masked);
        for (int i = 0; i < frame.length - 1; i++) {
            frames.pass(ByteBuffer.wrap(frame, i, 1));
            assertThat(frames.isBetweenFrames()).isFalse();
        }
        frames.pass(ByteBuffer.wrap(frame, frame.length - 1, 1));

        assertThat(frames.isBetweenFrames()).isTrue();
        assertThat(frames.isClosing()).isFalse();
    }

    @Test
    void aCloseFrameIsSeen() {
        WebSocketFrames frames = new WebSocketFrames();
        frames.pass(ByteBuffer.wrap(frame(CLOSE, 2, false)));

        assertThat(frames.isClosing()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whereverTheBytesAreCutTheFarewellStandsBehindTheFrameThatWasBegun(long seed) {
        Random random = new Random(seed);
        List<Integer> ends = new ArrayList<>(List.of(0));
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < 50; i++) {
            all.writeBytes(frame(BINARY, random.nextInt(i % 5 == 0 ? 70_000 : 300), false));
            ends.add(all.size());
        }
        int dueAt = random.nextInt(all.size());
        byte[] passed = passed(all.toByteArray(), random, dueAt);

        int length = passed.length - 4;
        assertThat(ends).contains(length);
        assertThat(passed).startsWith(Arrays.copyOf(all.toByteArray(), length));
        assertThat(passed).endsWith(0x88, 0x02, 0x03, 0xe9);
    }

    /** What a tunnel hands on, which reads in parts and has to say farewell behind this byte, as soon as it may. */
    private static byte[] passed(byte[] all, Random random, int dueAt) {
        Farewell farewell = new Farewell();
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        for (int from = 0; from < all.length && !farewell.isSaid(); ) {
            int size = Math.min(1 + random.nextInt(5_000), all.length - from);
            ByteBuffer part = ByteBuffer.wrap(all, from, size);
            if (from + size > dueAt) {
                farewell.due();
            }
            while (part.hasRemaining() && !farewell.isSaid()) {
                if (farewell.canBeSaid()) {
                    passed.writeBytes(BufferUtil.toArray(farewell.say()));
                    continue;
                }
                ByteBuffer passing = farewell.passing(part);
                passed.writeBytes(BufferUtil.toArray(passing));
                BufferUtil.clear(passing);
            }
            from += size;
        }
        if (farewell.canBeSaid()) {
            passed.writeBytes(BufferUtil.toArray(farewell.say()));
        }
        return passed.toByteArray();
    }

    @Test
    void whereTheNodeHasSaidFarewellTheProxySaysNothing() {
        Farewell farewell = new Farewell();
        farewell.passing(ByteBuffer.wrap(frame(CLOSE, 2, false)));
        farewell.due();

        assertThat(farewell.canBeSaid()).isFalse();
    }
}
