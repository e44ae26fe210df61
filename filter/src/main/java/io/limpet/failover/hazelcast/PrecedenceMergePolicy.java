package io.limpet.failover.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.limpet.failover.protocol.CorruptEntryException;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.Precedence;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Merges the entries of a smaller half into the larger one by {@link Precedence}. Hazelcast's own policies go by
 * presence or by clocks and lose acknowledged writes.
 *
 * <p>Public, with a public constructor, because Hazelcast makes it by its name. Stateless.
 *
 * <p>The trap: Hazelcast gives an entry that stays the remaining time to live of the one that went. A record gets its
 * own back with its owner's next save; a tombstone may end as early as the stale record would have, which is when the
 * stale copies of the session have timed out too.
 */
public final class PrecedenceMergePolicy
        implements SplitBrainMergePolicy<byte[], MergingValue<byte[]>, Object>, IdentifiedDataSerializable {

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Hazelcast's signature
    public Object merge(MergingValue<byte[]> incoming, @Nullable MergingValue<byte[]> existing) {
        if (existing == null) {
            return incoming.getRawValue();
        }
        return prevails(incoming.getDeserializedValue(), existing.getDeserializedValue())
                ? incoming.getRawValue()
                : existing.getRawValue();
    }

    private static boolean prevails(byte[] incoming, byte[] existing) {
        Optional<Entry> readable = read(incoming);
        Optional<Entry> there = read(existing);
        // what cannot be read cannot be compared: keep what is there, unless only the other one is of use
        return readable.isPresent() && (there.isEmpty() || Precedence.prevails(readable.get(), there.get()));
    }

    private static Optional<Entry> read(byte[] bytes) {
        try {
            return Optional.of(EntryFormat.decode(bytes));
        } catch (CorruptEntryException e) {
            return Optional.empty();
        }
    }

    @Override
    public int getFactoryId() {
        return SerializableTypes.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return SerializableTypes.MERGE;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // nothing to write: stateless
    }

    @Override
    public void readData(ObjectDataInput in) {
        // nothing to read: stateless
    }
}
