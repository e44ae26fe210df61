package io.limpet.failover.hazelcast;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sets bytes and time to live, whatever was there. */
final class ReplicaProcessor implements EntryProcessor<String, byte[], byte[]>, IdentifiedDataSerializable {

    private byte[] bytes = {};
    private long lifetimeSeconds;

    /** For deserialization. */
    ReplicaProcessor() {}

    ReplicaProcessor(byte[] bytes, long lifetimeSeconds) {
        this.bytes = bytes;
        this.lifetimeSeconds = lifetimeSeconds;
    }

    @Override
    public byte @Nullable [] process(Map.Entry<String, byte[]> entry) {
        // a plain setValue would reset the time to live to the map's default, which is never
        ((ExtendedMapEntry<String, byte[]>) entry).setValue(bytes, lifetimeSeconds, TimeUnit.SECONDS);
        return null;
    }

    @Override
    public @Nullable EntryProcessor<String, byte[], byte[]> getBackupProcessor() {
        return null;
    }

    @Override
    public int getFactoryId() {
        return SerializableTypes.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return SerializableTypes.REPLICA;
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeLong(lifetimeSeconds);
        out.writeByteArray(bytes);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        lifetimeSeconds = in.readLong();
        bytes = in.readByteArray();
    }
}
