package io.limpet.failover.protocol;

import io.limpet.route.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A change on its way to the member that keeps the entry: {@code "LC"}, the format's number, the kind, the fields. Read
 * as distrustfully as {@link EntryFormat}, and as bound to what earlier versions wrote: during an upgrade members of
 * both versions send each other changes.
 */
public final class ChangeFormat {

    private static final int MAGIC = 'L' << 8 | 'C';
    private static final int FORMAT = 1;
    private static final int SAVE = 1;
    private static final int CLAIM = 2;
    private static final int END = 3;
    private static final int POINT = 4;

    /** The least that one attribute takes: an empty name and the length of its bytes. */
    private static final int LEAST_ATTRIBUTE = 2 + 4;

    private ChangeFormat() {}

    /**
     * Writes a change.
     *
     * @throws IllegalArgumentException when an id or an attribute's name is longer than 65535 bytes
     */
    public static byte[] encode(Change<?> change) {
        BinaryWriter out = change instanceof Save save
                ? new BinaryWriter(MAGIC, FORMAT, save.set().values())
                : new BinaryWriter(MAGIC, FORMAT);
        if (change instanceof Save save) {
            out.writeByte(SAVE);
            writeSave(out, save);
        } else if (change instanceof Claim claim) {
            out.writeByte(CLAIM);
            out.writeString(claim.claimant().name());
            out.writeLong(claim.claimEpoch());
            out.writeLong(claim.now());
        } else if (change instanceof End end) {
            out.writeByte(END);
            out.writeString(end.owner().name());
            out.writeLong(end.epoch());
            out.writeLong(end.now());
        } else if (change instanceof Point point) {
            out.writeByte(POINT);
            out.writeString(point.target());
            out.writeInt(point.maxInactiveSeconds());
        }
        return out.toBytes();
    }

    /**
     * Reads a change.
     *
     * @throws NewerFormatException when a newer Limpet wrote it
     * @throws CorruptEntryException when it is no change
     */
    public static Change<?> decode(byte[] bytes) throws CorruptEntryException {
        BinaryReader in = new BinaryReader(bytes, MAGIC, FORMAT);
        int kind = in.readByte();
        Change<?> change = switch (kind) {
            case SAVE -> readSave(in);
            case CLAIM -> new Claim(in.readRoute(), in.readLong(), in.readLong());
            case END -> new End(in.readRoute(), in.readLong(), in.readLong());
            case POINT -> new Point(in.readString(), in.readInt());
            default -> throw new CorruptEntryException("no such kind of change: " + kind);
        };
        in.end();
        return change;
    }

    private static void writeSave(BinaryWriter out, Save save) {
        out.writeString(save.owner().name());
        out.writeLong(save.epoch());
        out.writeLong(save.base());
        out.writeLong(save.version());
        EntryFormat.writeMeta(out, save.meta());
        out.writeByte(save.whole() ? 1 : 0);
        out.writeStrings(save.removed());
        out.writeInt(save.set().size());
        save.set().forEach((name, bytes) -> {
            out.writeString(name);
            out.writeBytes(bytes);
        });
    }

    private static Save readSave(BinaryReader in) throws CorruptEntryException {
        Route owner = in.readRoute();
        long epoch = in.readLong();
        long base = in.readLong();
        long version = in.readLong();
        if (base < 0 || version <= base) {
            throw new CorruptEntryException("version " + version + " on base " + base);
        }
        SessionMeta meta = EntryFormat.readMeta(in);
        boolean whole = in.readByte() != 0;
        Set<String> removed = Set.copyOf(in.readStrings());
        int count = in.readCount(LEAST_ATTRIBUTE);
        Map<String, byte[]> set = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            set.put(in.readString(), in.readBytes());
        }
        return new Save(owner, epoch, base, version, meta, set, removed, whole);
    }
}
