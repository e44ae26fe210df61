package io.limpet.failover.protocol;

import io.limpet.route.Route;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads bytes that may be corrupt, truncated or hostile: whatever they are, it throws nothing but
 * {@link CorruptEntryException} and allocates no more than a small multiple of their length. Not thread-safe.
 */
final class BinaryReader {

    /** One field off the stream. */
    private interface Field<T> {
        T read() throws IOException;
    }

    private final ByteArrayInputStream bytes;
    private final DataInputStream in;

    /** @throws NewerFormatException when the format's number is greater than the one known here */
    BinaryReader(byte[] content, int magic, int format) throws CorruptEntryException {
        bytes = new ByteArrayInputStream(content);
        in = new DataInputStream(bytes);
        if (read(in::readUnsignedShort) != magic) {
            throw new CorruptEntryException("not written by Limpet");
        }
        int actual = readByte();
        if (actual > format) {
            throw new NewerFormatException(actual, format);
        }
        if (actual < 1) {
            throw new CorruptEntryException("no such format: " + actual);
        }
    }

    /** 0 to 255. */
    int readByte() throws CorruptEntryException {
        return read(in::readUnsignedByte);
    }

    int readInt() throws CorruptEntryException {
        return read(in::readInt);
    }

    long readLong() throws CorruptEntryException {
        return read(in::readLong);
    }

    byte[] readBytes() throws CorruptEntryException {
        byte[] value = new byte[readCount(1)];
        return read(() -> {
            in.readFully(value); // not readNBytes, which collects pieces as for a stream whose length is not known
            return value;
        });
    }

    String readString() throws CorruptEntryException {
        return read(in::readUTF);
    }

    List<String> readStrings() throws CorruptEntryException {
        int count = readCount(2);
        List<String> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(readString());
        }
        return values;
    }

    Route readRoute() throws CorruptEntryException {
        return Route.parse(readString()).orElseThrow(() -> new CorruptEntryException("no route"));
    }

    /** How many things follow, each of them at least this long: never more than the rest has room for. */
    int readCount(int leastBytesEach) throws CorruptEntryException {
        int count = readInt();
        if (count < 0 || (long) count * leastBytesEach > bytes.available()) {
            throw new CorruptEntryException(
                    "a length of " + count + " with " + bytes.available() + " bytes left (truncated?)");
        }
        return count;
    }

    /** Everything must have been read. */
    void end() throws CorruptEntryException {
        if (bytes.available() > 0) {
            throw new CorruptEntryException(bytes.available() + " bytes too many");
        }
    }

    private static <T> T read(Field<T> field) throws CorruptEntryException {
        try {
            return field.read();
        } catch (IOException e) {
            throw new CorruptEntryException("truncated or garbled: " + e);
        }
    }
}
