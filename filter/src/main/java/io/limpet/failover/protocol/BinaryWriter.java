package io.limpet.failover.protocol;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.io.UncheckedIOException;
import java.util.Collection;

/** Writes what {@link BinaryReader} reads. Not thread-safe; one per message. */
final class BinaryWriter {

    /** A step of writing; memory does not fail as a disk would. */
    private interface Step {
        void run() throws IOException;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final DataOutputStream out = new DataOutputStream(bytes);

    BinaryWriter(int magic, int format) {
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
