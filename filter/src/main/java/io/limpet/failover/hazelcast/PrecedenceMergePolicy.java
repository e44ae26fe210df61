package io.limpet.failover.hazelcast;

import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.IMap;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.spi.merge.MergingEntry;
import com.hazelcast.spi.merge.MergingExpirationTime;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.limpet.failover.protocol.CorruptEntryException;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.Lifetime;
import io.limpet.failover.protocol.NewerFormatException;
import io.limpet.failover.protocol.Precedence;
import io.limpet.failover.protocol.Tombstone;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Merges the entries of a smaller half into the larger one by {@link Precedence}. Hazelcast's own policies go by
 * presence or by clocks and lose acknowledged writes.
 *
 * <p>Public, with a public constructor, because Hazelcast makes it by its name. One per member.
 *
 * <p>The trap: Hazelcast gives an entry that stays the remaining time to live of the one that goes, so that a tombstone
 * would end with the stale record that it keeps dead. It is given its own back by an operation of its own.
 *
 * @param <T> what Hazelcast has to tell of an entry
 */
public final class PrecedenceMergePolicy<T extends MergingEntry<String, byte[]> & MergingExpirationTime>
        implements SplitBrainMergePolicy<byte[], T, Object>, HazelcastInstanceAware, IdentifiedDataSerializable {

    private transient @Nullable HazelcastInstance member;

    @Override
    public void setHazelcastInstance(HazelcastInstance hazelcastInstance) {
        member = hazelcastInstance;
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // Hazelcast's signature
    public Object merge(T incoming, @Nullable T existing) {
        if (existing == null || prevails(incoming.getDeserializedValue(), existing.getDeserializedValue())) {
            return incoming.getRawValue();
        }
        if (incoming.getExpirationTime() < existing.getExpirationTime()) {
            rearm(existing.getKey(), existing.getDeserializedValue(), existing.getExpirationTime());
        }
        return existing.getRawValue();
    }

    private void rearm(String key, byte[] bytes, long expirationTime) {
        HazelcastInstance here = member;
        if (here != null) {
            // on another thread, which has to wait for this one: from here it would run at once, before the merge ends
            ForkJoinPool.commonPool().execute(() -> rearm(here, key, bytes, secondsUntil(expirationTime)));
        }
    }

    /** A policy is not told in which map it works: in any other than this one the entry is not found as it is here. */
    private static void rearm(HazelcastInstance here, String key, byte[] bytes, long seconds) {
        for (DistributedObject object : here.getDistributedObjects()) {
            if (object instanceof IMap<?, ?> && object.getName().startsWith(MemberConfig.MAP_PREFIX)) {
                IMap<String, byte[]> map = here.getMap(object.getName());
                map.submitToKey(key, new RearmProcessor(bytes, seconds));
            }
        }
    }

    private static long secondsUntil(long expirationTime) {
        return expirationTime == Long.MAX_VALUE
                ? Lifetime.FOREVER
                : Math.max(1, (expirationTime - System.currentTimeMillis()) / 1000);
    }

    private static boolean prevails(byte[] incoming, byte[] existing) {
        Optional<Entry> readable = read(incoming);
        Optional<Entry> there = read(existing);
        return (readable.isPresent() && there.isPresent())
                ? Precedence.prevails(readable.get(), there.get())
                : rank(incoming) > rank(existing);
    }

    /** What cannot be read cannot be compared: of a newer Limpet it may be the later one, and only the end is certain. */
    private static int rank(byte[] bytes) {
        try {
            return EntryFormat.decode(bytes) instanceof Tombstone ? 3 : 1;
        } catch (NewerFormatException e) {
            return 2;
        } catch (CorruptEntryException e) {
            return 0;
        }
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
        // nothing to write: nothing of its own
    }

    @Override
    public void readData(ObjectDataInput in) {
        // nothing to read: nothing of its own
    }
}
