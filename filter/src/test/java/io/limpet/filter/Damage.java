package io.limpet.filter;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.limpet.failover.NestedSets;
import io.limpet.failover.protocol.CorruptEntryException;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Stamp;
import io.limpet.failover.protocol.StoredAttribute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What a broken disk, a cut connection or an attacker makes of a stored session.
 *
 * @param change takes the bytes of a session whose cart is a string
 */
record Damage(String name, UnaryOperator<byte[]> change) {

    /** What an attacker would like to have made of his bytes. */
    static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1L;
        static final AtomicInteger MADE = new AtomicInteger();

        private Object readResolve() {
            MADE.incrementAndGet();
            return this;
        }
    }

    static Stream<Damage> all() {
        List<Damage> all = new ArrayList<>();
        bytes(all, "nothing", bytes -> new byte[0]);
        bytes(all, "no entry", bytes -> "<html>".getBytes(US_ASCII));
        bytes(all, "truncated", bytes -> Arrays.copyOf(bytes, bytes.length / 2));
        bytes(all, "too long", bytes -> Arrays.copyOf(bytes, bytes.length + 1));
        bytes(all, "format 0", bytes -> with(bytes, 2, 0));
        bytes(all, "an unknown kind", bytes -> with(bytes, 3, 77));
        bytes(all, "a hostile length", bytes -> with(bytes, bytes.length / 2, 0x7F));
        bytes(all, "an owner that is none", bytes -> with(bytes, 6, '.'));
        attribute(all, "no object", "rope".getBytes(US_ASCII));
        attribute(all, "an empty object", new byte[0]);
        attribute(all, "a class that is not allowed", serialized(new Gadget()));
        attribute(all, "a nest", serialized(nest(500)));
        attribute(all, "sets that would take years to hash", serialized(NestedSets.of(40)));
        attribute(all, "a class that fails when it is read", serialized(new TwoTomcats.Shelf("of another version")));
        for (long extreme : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
            record(all, "epoch " + extreme, it -> record(it, extreme, it.version(), it.lastAccess(), 1800));
            record(all, "version " + extreme, it -> record(it, it.epoch(), extreme, it.lastAccess(), 1800));
            record(all, "last access " + extreme, it -> record(it, it.epoch(), 1, extreme, 1800));
        }
        for (int extreme : new int[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE}) {
            record(all, "timeout " + extreme, it -> record(it, it.epoch(), 1, it.lastAccess(), extreme));
        }
        return all.stream();
    }

    private static void bytes(List<Damage> all, String name, UnaryOperator<byte[]> change) {
        all.add(new Damage(name, change));
    }

    private static void record(List<Damage> all, String name, UnaryOperator<SessionRecord> change) {
        bytes(all, name, bytes -> EntryFormat.encode(change.apply(recordIn(bytes))));
    }

    private static void attribute(List<Damage> all, String name, byte[] value) {
        record(all, name, it -> {
            Map<String, StoredAttribute> attributes = new LinkedHashMap<>(it.attributes());
            attributes.put("cart", new StoredAttribute(value, new Stamp(it.epoch(), it.version())));
            attributes.put("", new StoredAttribute(value, new Stamp(it.epoch(), it.version())));
            return new SessionRecord(
                    it.owner(),
                    it.epoch(),
                    it.version(),
                    it.ids(),
                    it.creationTime(),
                    it.lastAccess(),
                    1800,
                    attributes);
        });
    }

    private static SessionRecord record(SessionRecord it, long epoch, long version, long access, int timeout) {
        return new SessionRecord(it.owner(), epoch, version, it.ids(), access, access, timeout, it.attributes());
    }

    private static byte[] with(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    static SessionRecord recordIn(byte[] bytes) {
        try {
            return (SessionRecord) EntryFormat.decode(bytes);
        } catch (CorruptEntryException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] serialized(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static List<Object> nest(int depth) {
        List<Object> outer = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            outer = new ArrayList<>(List.of(outer));
        }
        return outer;
    }
}
