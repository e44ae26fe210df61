package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import com.hazelcast.spi.impl.InternalCompletableFuture;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** How a change is brought to the member that keeps its entry, and its answer back. Safe for use by any number of threads. */
interface Sending {

    /**
     * Answers with what the member answered.
     *
     * @throws io.limpet.failover.protocol.StoreUnavailableException when there was none in time
     */
    byte[] send(String key, ChangeProcessor change);

    /** The direct way where this Hazelcast has it, else the public one. */
    static Sending through(HazelcastInstance hazelcast, IMap<String, byte[]> map, BoundedCalls calls) {
        Logger log = System.getLogger(Sending.class.getName());
        try {
            if (MapProxyImpl.class
                            .getMethod("executeOnKeyInternal", Object.class, EntryProcessor.class)
                            .getReturnType()
                    != InternalCompletableFuture.class) { // it is called by all of its signature
                throw new NoSuchMethodException("executeOnKeyInternal answers with something else");
            }
            return new DirectSending(hazelcast, map, calls);
        } catch (NoSuchMethodException | ClassCastException | LinkageError e) {
            log.log(Level.DEBUG, "this Hazelcast has no direct way to an entry: saves take the longer one", e);
            return new PublicSending(map, calls);
        }
    }
}
