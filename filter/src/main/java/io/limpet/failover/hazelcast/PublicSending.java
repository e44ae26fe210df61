package io.limpet.failover.hazelcast;

import com.hazelcast.map.IMap;

/** As the documentation of Hazelcast has it. */
record PublicSending(IMap<String, byte[]> map, BoundedCalls calls) implements Sending {

    @Override
    public byte[] send(String key, ChangeProcessor change) {
        return calls.await(() -> map.submitToKey(key, change));
    }
}
