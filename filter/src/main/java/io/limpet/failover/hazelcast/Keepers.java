package io.limpet.failover.hazelcast;

import com.hazelcast.cluster.Address;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.partition.IPartition;
import com.hazelcast.internal.partition.IPartitionService;
import com.hazelcast.map.IMap;
import com.hazelcast.map.impl.proxy.MapProxyImpl;
import java.lang.System.Logger.Level;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which members keep an entry, as this one sees it; equal for all entries that the same members keep. Nobody is asked
 * for it. Safe for use by any number of threads.
 */
interface Keepers {

    /** While nobody keeps anything, or nobody knows who. */
    Object NOBODY = "nobody";

    Object of(String key);

    /** Whose answer a change waits for: the owner's, who waits for his backup's. */
    record Pair(Address owner, @Nullable Address backup) {}

    /**
     * Owner and backup where this Hazelcast tells, else the owner alone: a member that hangs keeps the changes of other
     * owners waiting, too, as their backup, and its own public interface knows nothing of backups (Hazelcast 5.7).
     */
    static Keepers of(HazelcastInstance hazelcast, IMap<String, byte[]> map) {
        try {
            IPartitionService partitions =
                    ((MapProxyImpl<?, ?>) map).getNodeEngine().getPartitionService();
            Keepers pairs = key -> pair(partitions, key);
            pairs.of(""); // whatever is missing is missed here, and not in a request
            return pairs;
        } catch (ClassCastException | LinkageError e) {
            System.getLogger(Keepers.class.getName())
                    .log(Level.DEBUG, "this Hazelcast does not tell who keeps backups", e);
            return key -> owner(hazelcast, key);
        }
    }

    private static Object pair(IPartitionService partitions, String key) {
        return known(() -> {
            IPartition partition = partitions.getPartition(partitions.getPartitionId(key), false);
            Address owner = partition.getOwnerOrNull();
            return owner == null ? null : new Pair(owner, partition.getReplicaAddress(1));
        });
    }

    /** The owner alone, which is all that a client knows. */
    static Object owner(HazelcastInstance hazelcast, String key) {
        return known(() -> hazelcast.getPartitionService().getPartition(key).getOwner());
    }

    /** The part of all entries that is kept together, whoever keeps it. */
    static Object partition(HazelcastInstance hazelcast, String key) {
        return known(() -> hazelcast.getPartitionService().getPartition(key).getPartitionId());
    }

    private static Object known(Supplier<@Nullable Object> found) {
        try {
            Object keepers = found.get();
            return keepers == null ? NOBODY : keepers;
        } catch (HazelcastException | IllegalStateException e) { // not connected, or stopping
            System.getLogger(Keepers.class.getName()).log(Level.DEBUG, "who keeps entries is not known now", e);
            return NOBODY;
        }
    }
}
