package io.limpet.proxy.http1;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of a section, and where each of them lies. Nothing is copied: positions count from the beginning of the
 * message, which may move with its buffer between two reads.
 *
 * <p>Reused for one message after the other; not thread-safe.
 */
public final class FieldLines {

    private static final int NAME_START = 0;
    private static final int NAME_END = 1;
    private static final int VALUE_START = 2;
    private static final int VALUE_END = 3;
    private static final int MARKS = 4;
    private static final int FIRST_ROOM = 32;

    /** Odd, and without an order in their bits (Knuth, The Art of Computer Programming, 6.4). */
    private static final long FIRST = 0x9e3779b97f4a7c15L;

    private static final long LAST = 0xc2b2ae3d27d4eb4fL;
    private static final int FEW = 31;

    private int[] marks = new int[FIRST_ROOM * MARKS];
    private FieldName[] names = new FieldName[FIRST_ROOM];
    private int count;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private ByteBuffer view = buffer.duplicate();
    private int base;

    void clear() {
        count = 0;
    }

    /** Where the message is now. */
    void lieIn(ByteBuffer bytes, int from) {
        if (isAnother(bytes)) {
            buffer = bytes;
            view = bytes.duplicate();
        }
        base = from;
    }

    @SuppressWarnings("ReferenceEquality") // two with the same bytes are two all the same
    private boolean isAnother(ByteBuffer bytes) {
        return bytes != buffer;
    }

    /** A line begins; it counts when it has ended. */
    void lineBegins(int at) {
        if (count == names.length) {
            names = Arrays.copyOf(names, 2 * count);
            marks = Arrays.copyOf(marks, 2 * count * MARKS);
        }
        marks[count * MARKS + NAME_START] = at;
    }

    void nameEnds(int at, int hash) {
        marks[count * MARKS + NAME_END] = at;
        names[count] = FieldName.of(hash, buffer, base + start(count), base + at);
    }

    void valueBegins(int at) {
        marks[count * MARKS + VALUE_START] = at;
    }

    /** White space behind a value is none of it (RFC 9112 §5.1). */
    void lineEnds(int at) {
        int end = at;
        while (end > valueStart(count) && isBlank(octet(end - 1))) {
            end--;
        }
        marks[count * MARKS + VALUE_END] = end;
        count++;
    }

    private static boolean isBlank(int octet) {
        return octet == ' ' || octet == '\t';
    }

    /** How many fields there are. */
    public int count() {
        return count;
    }

    /** Which one this is. */
    public FieldName field(int number) {
        return names[number];
    }

    /** Where its line begins, with its name. */
    public int start(int number) {
        return marks[number * MARKS + NAME_START];
    }

    /** Where its name ends. */
    public int nameEnd(int number) {
        return marks[number * MARKS + NAME_END];
    }

    /** Where its value begins. */
    public int valueStart(int number) {
        return marks[number * MARKS + VALUE_START];
    }

    /** Where its value ends. */
    public int valueEnd(int number) {
        return marks[number * MARKS + VALUE_END];
    }

    /** An octet of the message. */
    public int octet(int position) {
        return buffer.get(base + position);
    }

    /** The name as it is written. */
    public String name(int number) {
        return text(start(number), nameEnd(number));
    }

    /** The value, an octet a character. */
    public String value(int number) {
        return text(valueStart(number), valueEnd(number));
    }

    /** Whether its name is exactly so written. */
    public boolean isNamed(int number, String name) {
        return stands(name, start(number), nameEnd(number));
    }

    /** Whether its value is exactly this. */
    public boolean hasValue(int number, String value) {
        return stands(value, valueStart(number), valueEnd(number));
    }

    /**
     * Whether it stands there exactly as in this line, up to the end of its value: a look at many bytes at once.
     *
     * @param line from its position to its limit; neither changes
     */
    public boolean isWritten(int number, ByteBuffer line) {
        int start = start(number);
        if (valueEnd(number) - start != line.remaining()) {
            return false;
        }
        view.limit(base + valueEnd(number)).position(base + start);
        return view.mismatch(line) < 0;
    }

    /** The same for equal lines, and for few others: of their first octets, their last ones and their length. */
    public int fingerprint(int number) {
        int start = base + start(number);
        int length = base + valueEnd(number) - start;
        if (length < Long.BYTES) {
            return FEW * length + buffer.get(start);
        }
        long ends = buffer.getLong(start) * FIRST + buffer.getLong(start + length - Long.BYTES) * LAST + length;
        return (int) (ends >>> Integer.SIZE);
    }

    boolean stands(String text, int start, int end) {
        if (text.length() != end - start) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != (buffer.get(base + start + i) & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** A part of the message, an octet a character. */
    public String text(int start, int end) {
        byte[] octets = new byte[end - start];
        buffer.get(base + start, octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
