package io.limpet.failover.protocol;

import io.limpet.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry as bytes: {@code "LE"}, the format's number, the kind, the fields. Members of different versions share a
 * cluster, so what this format once wrote, every later version reads; a change of layout takes a new number.
 *
 * <p>Reading trusts nothing: every length is checked against the bytes that remain before anything is allocated.
 */
public final class EntryFormat {

    private static final int MAGIC = 'L' << 8 | 'E';
    private static final int FORMAT = 1;
    private static final int RECORD = 1;
    private static final int TOMBSTONE = 2;
    private static final int POINTER = 3;

    /** The least that one attribute takes: an empty name, its stamp, the length of its bytes. */
    private static final int LEAST_ATTRIBUTE = 2 + 16 + 4;

    private EntryFormat() {}

    /**
     * Writes an entry.
     *
     * @throws IllegalArgumentException when an id or an attribute's name is longer than 65535 bytes
     */
    public static byte[] encode(Entry entry) {
        BinaryWriter out = entry instanceof SessionRecord record
                ? new BinaryWriter(MAGIC, FORMAT, bytes(record))
                : new BinaryWriter(MAGIC, FORMAT);
        if (entry instanceof SessionRecord record) {
            out.writeByte(RECORD);
            writeRecord(out, record);
        } else if (entry instanceof Tombstone tombstone) {
            out.writeByte(TOMBSTONE);
            out.writeLong(tombstone.epoch());
            out.writeLong(tombstone.endedAt());
        } else if (entry instanceof Pointer pointer) {
            out.writeByte(POINTER);
            out.writeString(pointer.key());
        }
        return out.toBytes();
    }

    /**
     * Reads an entry.
     *
     * @throws NewerFormatException when a newer Limpet wrote it
     * @throws CorruptEntryException when it is no entry
     */
    public static Entry decode(byte[] bytes) throws CorruptEntryException {
        BinaryReader in = new BinaryReader(bytes, MAGIC, FORMAT);
        int kind = in.readByte();
        Entry entry = switch (kind) {
            case RECORD -> readRecord(in);
            case TOMBSTONE -> new Tombstone(in.readLong(), in.readLong());
            case POINTER -> new Pointer(in.readString());
            default -> throw new CorruptEntryException("no such kind of entry: " + kind);
        };
        in.end();
        return entry;
    }

    private static List<byte[]> bytes(SessionRecord record) {
        return record.attributes().values().stream().map(StoredAttribute::bytes).toList();
    }

    static void writeRecord(BinaryWriter out, SessionRecord record) {
        out.writeString(record.owner().name());
        out.writeLong(record.epoch());
        out.writeLong(record.version());
        writeMeta(out, record.meta());
        out.writeInt(record.attributes().size());
        record.attributes().forEach((name, attribute) -> {
            out.writeString(name);
            out.writeLong(attribute.stamp().epoch());
            out.writeLong(attribute.stamp().version());
            out.writeBytes(attribute.bytes());
        });
    }

    static SessionRecord readRecord(BinaryReader in) throws CorruptEntryException {
        Route owner = in.readRoute();
        long epoch = in.readLong();
        long version = in.readLong();
        SessionMeta meta = readMeta(in);
        int count = in.readCount(LEAST_ATTRIBUTE);
        Map<String, StoredAttribute> attributes = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readString();
            Stamp stamp = new Stamp(in.readLong(), in.readLong());
            attributes.put(name, new StoredAttribute(in.readBytes(), stamp));
        }
        return new SessionRecord(
                owner,
                epoch,
                version,
                meta.ids(),
                meta.creationTime(),
                meta.lastAccess(),
                meta.maxInactiveSeconds(),
                attributes);
    }

    static void writeMeta(BinaryWriter out, SessionMeta meta) {
        out.writeStrings(meta.ids());
        out.writeLong(meta.creationTime());
        out.writeLong(meta.lastAccess());
        out.writeInt(meta.maxInactiveSeconds());
    }

    static SessionMeta readMeta(BinaryReader in) throws CorruptEntryException {
        List<String> ids = in.readStrings();
        if (ids.isEmpty()) {
            throw new CorruptEntryException("a session without an id");
        }
        return new SessionMeta(ids, in.readLong(), in.readLong(), in.readInt());
    }
}
