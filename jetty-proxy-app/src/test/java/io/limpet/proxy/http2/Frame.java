package io.limpet.proxy.http2;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One frame (RFC 9113 §4.1), right or wrong. */
public final class Frame {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;

    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    /**
     * A frame.
     *
     * @param type its number
     * @param flags as a bit field
     * @param stream its stream's number; 0 is the connection
     * @param payload what follows the header of nine bytes; not copied
     */
    public Frame(int type, int flags, int stream, byte[] payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
    }

    public int type() {
        return type;
    }

    public int stream() {
        return stream;
    }

    public byte[] payload() {
        return payload;
    }

    /** All that a request needs, but for what the test wants to say itself. */
    public static final String[] GET = request("GET", "/");

    public static String[] request(String method, String path) {
        return new String[] {":method", method, ":scheme", "http", ":path", path, ":authority", "shop.example"};
    }

    public static String[] with(String[] fields, String... more) {
        String[] all = Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    /** A whole header section. */
    public static Frame headers(int stream, boolean end, String... fields) {
        return new Frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(fields));
    }

    /** A request without a body. */
    public static Frame get(int stream) {
        return headers(stream, true, GET);
    }

    public static Frame data(int stream, boolean end, String text) {
        return new Frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static Frame reset(int stream, int code) {
        return new Frame(RST_STREAM, 0, stream, number(code));
    }

    public static Frame window(int stream, int increment) {
        return new Frame(WINDOW_UPDATE, 0, stream, number(increment));
    }

    public static Frame ping(String eight) {
        return new Frame(PING, 0, 0, eight.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Pairs of identifier and value. */
    public static Frame settings(int... pairs) {
        ByteBuffer payload = ByteBuffer.allocate(pairs.length * 3);
        for (int i = 0; i < pairs.length; i += 2) {
            payload.putShort((short) pairs[i]).putInt(pairs[i + 1]);
        }
        return new Frame(SETTINGS, 0, 0, payload.array());
    }

    public static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    public Frame flagged(int more) {
        return new Frame(type, flags | more, stream, payload);
    }

    public Frame on(int other) {
        return new Frame(type, flags, other, payload);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** The error code of RST_STREAM and GOAWAY (RFC 9113 §7). */
    public int code() {
        return ByteBuffer.wrap(payload).getInt(type == GOAWAY ? 4 : 0);
    }

    /** Names and values as literals that nobody remembers (RFC 7541 §6.2.2). */
    public static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            string(block, fields[i]);
            string(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    /** RFC 7541 §5.1 and §5.2, without Huffman. */
    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            while (rest >= 128) {
                block.write(rest % 128 + 128);
                rest /= 128;
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
