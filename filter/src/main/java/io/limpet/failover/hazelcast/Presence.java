package io.limpet.failover.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.concurrent.Callable;

/** What a member asks another: that it runs at all says that the other still knows the one that asks. */
final class Presence implements Callable<Boolean>, IdentifiedDataSerializable {

    @Override
    public Boolean call() {
        return true;
    }

    @Override
    public int getFactoryId() {
        return SerializableTypes.FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return SerializableTypes.PRESENCE;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // it says nothing else
    }

    @Override
    public void readData(ObjectDataInput in) {
        // nor is there anything to read
    }
}
