package io.limpet.failover.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives an entry its time to live back, if it is still the same one. One instance per invocation; Hazelcast asks for the
 * backup's processor after {@link #process}, on the same thread.
 */
final class RearmProcessor implements EntryProcessor<String, byte[], byte[]>, IdentifiedDataSerializable {

    private byte[] expected = {};
    private long lifetimeSeconds;
    private transient @Nullable ReplicaProcessor replica;

    /** For deserialization. */
    RearmProcessor() {}

    RearmProcessor(byte[] expected, long lifetimeSeconds) {
        this.expected = expected;
        this.lifetimeSeconds = lifetimeSeconds;
    }

    @Override
    public byte @Nullable [] process(Map.Entry<String, byte[]> entry) {
        if (!Arrays.equals(expected, entry.getValue())) {
            return null;
        }
        ReplicaProcessor same = new ReplicaProcessor(expected, lifetimeSeconds);
        replica = same;
        return same.process(entry);
    }

    @Override
    public @Nullable EntryProcessor<String, byte[], byte[]> getBackupProcessor() {
        return replica;
    }

    @Override
    public int getFactoryId() {
        return SerializableTypes.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return SerializableTypes.REARM;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(lifetimeSeconds);
        out.writeByteArray(expected);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        lifetimeSeconds = in.readLong();
        expected = in.readByteArray();
    }
}
