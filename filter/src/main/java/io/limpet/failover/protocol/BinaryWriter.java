package io.limpet.failover.protocol;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;

/** Writes what {@link BinaryReader} reads. Not thread-safe; one per message. */
final class BinaryWriter {

    /** A step of writing; memory does not fail as a disk would. */
    private interface Step {
        void run() throws IOException;
    }

    /** Room for the fields beside the bytes of a value: its name, its stamp, lengths. */
    private static final int BESIDE = 64;

    private final ByteArrayOutputStream bytes;
    private final DataOutputStream out;

    BinaryWriter(int magic, int format) {
        this(magic, format, List.of());
    }

    /** @param values what is to be written among the rest: a buffer that grows copies a large session again and again */
    BinaryWriter(int magic, int format, Collection<byte[]> values) {
        int size = 256;
        for (byte[] value : values) {
            size += value.length + BESIDE;
        }
        bytes = new ByteArrayOutputStream(size);
        out = new DataOutputStream(bytes);
        run(() -> out.writeShort(magic));
        writeByte(format);
    }

    void writeByte(int value) {
        run(() -> out.writeByte(value));
    }

    void writeInt(int value) {
        run(() -> out.writeInt(value));
    }

    void writeLong(long value) {
        run(() -> out.writeLong(value));
    }

    void writeBytes(byte[] value) {
        writeInt(value.length);
        bytes.writeBytes(value);
    }

    /** @throws IllegalArgumentException when it is longer than 65535 bytes */
    void writeString(String value) {
        run(() -> out.writeUTF(value));
    }

    void writeStrings(Collection<String> values) {
        writeInt(values.size());
        values.forEach(this::writeString);
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (UTFDataFormatException e) {
            throw new IllegalArgumentException("an id or an attribute's name is longer than 65535 bytes", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
