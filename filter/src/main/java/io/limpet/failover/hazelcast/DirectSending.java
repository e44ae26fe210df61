package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.serialization.Data;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.SerializationServiceSupport;
import java.util.Objects;

/**
 * Past {@link IMap#submitToKey}, which has a second future completed on another thread for each of its own. On a machine
 * of up to two cores it starts a thread for that, each time (Hazelcast 5.7, {@code ConcurrencyUtil}): half of what a save
 * cost. What blocks, {@code executeOnKey}, goes this way, too, but has no time-out.
 */
final class DirectSending implements Sending {

    private final MapProxyImpl<?, ?> map;
    private final SerializationServiceSupport serialization;
    private final BoundedCalls calls;

    /** @throws ClassCastException when these are not Hazelcast's own */
    DirectSending(HazelcastInstance hazelcast, IMap<String, byte[]> map, BoundedCalls calls) {
        this.map = (MapProxyImpl<?, ?>) map;
        this.serialization = (SerializationServiceSupport) hazelcast;
        this.calls = calls;
    }

    @Override
    public byte[] send(String key, ChangeProcessor change) {
        Data answer = calls.await(() -> map.executeOnKeyInternal(key, change));
        byte[] bytes = serialization.getSerializationService().toObject(answer);
        return Objects.requireNonNull(bytes, "a processor without an answer");
    }
}
