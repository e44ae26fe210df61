package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.partition.PartitionService;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Stamp;
import io.limpet.failover.protocol.StoredAttribute;
import io.limpet.failover.protocol.Tombstone;
import io.limpet.route.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Writes beside an entry, where the same owner and backup have to acknowledge it as for a change of the entry: to look at
 * it would ask the owner alone. What is written is the grave of a session that never was, or where it has to be as long as
 * what was not answered, one whose time has been out for ever: one for each partition that is asked, for a minute. Safe
 * for use by any number of threads.
 */
final class Probes {

    private static final String PREFIX = "limpet-probe-";
    private static final byte[] GRAVE = EntryFormat.encode(new Tombstone(0, 0));
    private static final long SECONDS = 60;

    /** Who takes it for a session finds that it is over. */
    private static final Route NOBODY = new Route("nobody");

    /** By then every partition has been met, but for one case in e to the hundredth. */
    private static final int TRIES_PER_PARTITION = 100;

    private final PartitionService partitions;
    private final Map<Integer, String> keys = new ConcurrentHashMap<>();

    Probes(HazelcastInstance hazelcast) {
        this.partitions = hazelcast.getPartitionService();
    }

    /**
     * Completes when the write is acknowledged, or has failed. Does not block.
     *
     * @param bytes how long it is, at least
     */
    CompletionStage<Void> write(IMap<String, byte[]> map, String entry, int bytes) {
        String key = keys.computeIfAbsent(partition(entry), this::keyIn);
        return map.setAsync(key, bytes > GRAVE.length ? longer(key, bytes) : GRAVE, SECONDS, TimeUnit.SECONDS);
    }

    private static byte[] longer(String key, int bytes) {
        StoredAttribute filling = new StoredAttribute(new byte[bytes], new Stamp(0, 0));
        return EntryFormat.encode(
                new SessionRecord(NOBODY, 0, 0, List.of(key), 0, 0, 1, Map.of("limpet-probe", filling)));
    }

    private int partition(String key) {
        return partitions.getPartition(key).getPartitionId();
    }

    private String keyIn(int partition) {
        int most = TRIES_PER_PARTITION * partitions.getPartitions().size();
        for (int i = 0; i < most; i++) {
            if (partition(PREFIX + i) == partition) {
                return PREFIX + i;
            }
        }
        throw new IllegalStateException("no key for partition " + partition + " among " + most);
    }
}
