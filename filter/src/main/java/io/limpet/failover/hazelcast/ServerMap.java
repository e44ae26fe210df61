package io.limpet.failover.hazelcast;

import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.InvalidConfigurationException;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A map on members of somebody else, as {@link CompareAndSet} needs it, and the question whether it is safe there. */
final class ServerMap implements RemoteMap {

    /** The pattern that an operator has to declare, to the letter. */
    static final String PATTERN = MemberConfig.MAP_PREFIX + "*";

    /** How long an entry lives whose writer died before it could say how long: longer than any that counts its days. */
    private static final int LEFT_ALONE_SECONDS = (int) Duration.ofDays(366).toSeconds();

    private static final String REMEDY = "halves of a cluster that are cut off from each other would both take changes,"
            + " and those of one are lost; write in the members' configuration:\n"
            + "  split-brain-protection:\n    " + MemberConfig.QUORUM
            + ":\n      enabled: true\n      minimum-cluster-size: 2 # more than half\n"
            + "  map:\n    " + PATTERN + ":\n      backup-count: 1\n      split-brain-protection-ref: "
            + MemberConfig.QUORUM;

    private final HazelcastInstance client;
    private final String name;
    private final Duration timeout;

    ServerMap(HazelcastInstance client, String name, Duration timeout) {
        this.client = client;
        this.name = name;
        this.timeout = timeout;
    }

    /** Looked up each time: without a connection there is none. */
    IMap<String, byte[]> map() {
        return client.getMap(name);
    }

    /** A member that hangs does so at the first call, hence here: this one ends with the store's time-out. */
    @Override
    public byte @Nullable [] get(String key) {
        try {
            return map().getAsync(key).toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new StoreUnavailableException("the members do not answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for the session store", e);
        }
    }

    @Override
    public boolean putIfAbsent(String key, byte[] value, long seconds) {
        return map().putIfAbsent(key, value, seconds, TimeUnit.SECONDS) == null;
    }

    @Override
    public boolean replace(String key, byte[] expected, byte[] value) {
        return map().replace(key, expected, value);
    }

    @Override
    public void expireIn(String key, long seconds) {
        map().setTtl(key, seconds, TimeUnit.SECONDS);
    }

    /**
     * Makes sure that the map has a backup on these members.
     *
     * @return what its operator has left out, and what to do about it
     */
    List<String> declare() {
        List<String> warnings = new ArrayList<>();
        int members = client.getCluster().getMembers().size();
        if (members < 3) {
            warnings.add("the cluster has " + members + " members; with less than three, a split of it loses"
                    + " acknowledged changes; start a third");
        }
        MapConfig wanted = new MapConfig(PATTERN)
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setBackupCount(1)
                .setTimeToLiveSeconds(LEFT_ALONE_SECONDS)
                .setSplitBrainProtectionName(MemberConfig.QUORUM);
        try {
            // a client cannot read a member's configuration; but it may offer one of its own, and is told if there is
            // another one of that name already
            client.getConfig().addMapConfig(wanted);
            warnings.add("the members know of no map '" + PATTERN + "'; " + REMEDY);
        } catch (InvalidConfigurationException e) {
            String message = String.valueOf(e.getMessage());
            String theirs = message.substring(Math.max(0, message.lastIndexOf("MapConfig{")));
            if (theirs.contains("splitBrainProtectionName=null")) {
                warnings.add("the map '" + PATTERN + "' has no split-brain protection; " + REMEDY);
            }
            if (theirs.contains("backupCount=0")) {
                warnings.add("the map '" + PATTERN + "' has no backup, so that sessions die with a member; give it"
                        + " backup-count: 1");
            }
        }
        return warnings;
    }
}
