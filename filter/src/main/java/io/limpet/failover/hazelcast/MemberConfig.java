package io.limpet.failover.hazelcast;

import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.PartitionGroupConfig.MemberGroupType;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.config.SplitBrainProtectionConfig;
import com.hazelcast.spi.partitiongroup.PartitionGroupMetaData;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionOn;
import io.limpet.route.Route;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * The configuration of an embedded member. Hazelcast's defaults look for others by multicast, bind every interface, call
 * home, and take a hung member for a live one for a minute; a member inside a web application shall do none of that.
 */
final class MemberConfig {

    /** Of every map of ours: members of other applications in the same cluster keep parts of them, by the same rules. */
    static final String MAP_PREFIX = "limpet.sessions";

    /** A member that leaves hands its partitions over, and waits at most this long for it. */
    static final Duration GRACEFUL_SHUTDOWN = Duration.ofSeconds(10);

    /** The split-brain protection of our maps, in a cluster of ours as in one of servers. */
    static final String QUORUM = "limpet";

    /** So often a member looks for others that went on without it. */
    private static final Duration MERGE_DELAY = Duration.ofSeconds(5);

    private static final int CLIENT_PORTS = 10;
    private static final String LOCAL_ADDRESS = "hazelcast.local.localAddress";
    private static final String BACKUP_TIMEOUT = "hazelcast.operation.backup.timeout.millis";
    private static final String GRACEFUL_SHUTDOWN_WAIT = "hazelcast.graceful.shutdown.max.wait";

    private MemberConfig() {}

    /** @throws IllegalArgumentException when the address to bind cannot be resolved */
    static Config of(ClusterSettings settings, MemberAddress bind, Route node) {
        Config config = new Config();
        config.setClusterName(settings.cluster());
        network(config, settings.members(), bind);
        settings.proxies().clientPort().ifPresent(port -> clients(config, port));
        failureDetection(config);
        threads(config, Runtime.getRuntime().availableProcessors());
        quiet(config);
        copiesOnDifferentNodes(config, node);
        config.getSerializationConfig().setJavaSerializationFilterConfig(javaSerializationFilter());
        return config;
    }

    /**
     * What the store cannot do without, whoever wrote the rest.
     *
     * @throws IllegalArgumentException when what somebody wrote would acknowledge changes that have no second copy
     */
    static Config complete(Config config, int quorum, Duration storeTimeout, ClassLoader classLoader) {
        config.setClassLoader(classLoader);
        config.getSerializationConfig()
                .addDataSerializableFactory(SerializableTypes.FACTORY_ID, new SerializableTypes());
        MapConfig sessions = sessions();
        if (quorum > 0) {
            config.addSplitBrainProtectionConfig(new SplitBrainProtectionConfig(QUORUM, true, quorum)
                    .setProtectOn(SplitBrainProtectionOn.READ_WRITE));
            sessions.setSplitBrainProtectionName(QUORUM);
        }
        config.addMapConfig(sessions);
        // the application's stop hands over first; a hook of Hazelcast's own would race with it
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        setUnlessSaid(config, GRACEFUL_SHUTDOWN_WAIT, GRACEFUL_SHUTDOWN);
        // halves that can meet do so before a member that slept goes on alone
        setUnlessSaid(config, "hazelcast.merge.first.run.delay.seconds", MERGE_DELAY);
        setUnlessSaid(config, "hazelcast.merge.next.run.delay.seconds", MERGE_DELAY);
        backupTimeout(config, storeTimeout);
        return config;
    }

    private static void setUnlessSaid(Config config, String seconds, Duration time) {
        if (config.getProperty(seconds) == null) {
            config.setProperty(seconds, String.valueOf(time.toSeconds()));
        }
    }

    /** Past it Hazelcast reports success without the backup: the store's own time-out must come first. */
    private static void backupTimeout(Config config, Duration storeTimeout) {
        String enough = String.valueOf(storeTimeout.plusSeconds(5).toMillis());
        String theirs = config.getProperty(BACKUP_TIMEOUT);
        if (theirs == null) {
            config.setProperty(BACKUP_TIMEOUT, enough);
        } else if (!outlasts(theirs.strip(), storeTimeout)) {
            throw new IllegalArgumentException(BACKUP_TIMEOUT + "=" + theirs + " does not outlast store-timeout ("
                    + storeTimeout.toMillis() + " ms), so that changes would count as saved that have no second copy;"
                    + " write " + enough + " into the Hazelcast configuration, or leave it out");
        }
    }

    private static boolean outlasts(String millis, Duration storeTimeout) {
        return millis.matches("\\d{1,18}") && Long.parseLong(millis) > storeTimeout.toMillis();
    }

    private static MapConfig sessions() {
        return new MapConfig(MAP_PREFIX + "*")
                .setInMemoryFormat(InMemoryFormat.BINARY)
                .setBackupCount(1)
                .setAsyncBackupCount(0)
                .setReadBackupData(false)
                .setStatisticsEnabled(false)
                .setMergePolicyConfig(new MergePolicyConfig()
                        .setPolicy(PrecedenceMergePolicy.class.getName())
                        .setBatchSize(100));
    }

    private static void network(Config config, Members members, MemberAddress bind) {
        InetAddress address = resolve(bind.host());
        ServerSocketEndpointConfig socket = new ServerSocketEndpointConfig();
        socket.setPort(bind.port() == 0 ? MemberAddress.DEFAULT_PORT : bind.port());
        // another port than the one that was asked for would be one that the other members do not know
        socket.setPortAutoIncrement(bind.port() == 0);
        socket.setReuseAddress(true);
        socket.setPublicAddress(address.getHostAddress());
        // of two ways to say the same the one for members only: nobody else may connect, and a member that takes
        // connections and answers nothing, as a hung one does, leaves the others' output thread alone, which in the
        // other way turns in circles for it and hardly writes to anybody (Hazelcast 5.7, UnifiedProtocolEncoder)
        AdvancedNetworkConfig network = config.getAdvancedNetworkConfig().setEnabled(true);
        network.setMemberEndpointConfig(socket);
        Discovery.of(members, network.getJoin());
        // not network.getInterfaces(): that would also drop every member whose name resolves to another interface
        config.setProperty(LOCAL_ADDRESS, address.getHostAddress());
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.setProperty("hazelcast.socket.server.bind.any", "false");
        config.setProperty("hazelcast.socket.client.bind.any", "false");
        config.setProperty("hazelcast.prefer.ipv4.stack", String.valueOf(!(address instanceof Inet6Address)));
        // five seconds of waiting for further members, at every start
        config.setProperty("hazelcast.wait.seconds.before.join", "0");
    }

    /** Proxies are clients; on the same address as members, for {@code hazelcast.local.localAddress} holds for both. */
    private static void clients(Config config, int port) {
        ServerSocketEndpointConfig socket = new ServerSocketEndpointConfig();
        // each application of a server has a member of its own; a client that finds one is told where the others are
        socket.setPort(port)
                .setPortAutoIncrement(true)
                .setPortCount(CLIENT_PORTS)
                .setReuseAddress(true);
        socket.setPublicAddress(config.getProperty(LOCAL_ADDRESS));
        config.getAdvancedNetworkConfig().setClientEndpointConfig(socket);
    }

    private static InetAddress resolve(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            if (address.isAnyLocalAddress()) {
                throw new IllegalArgumentException(
                        "'" + host + "' would listen on every interface; name the one that the other members reach");
            }
            return address;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(
                    "'" + host + "' is not known here; name an interface of this machine", e);
        }
    }

    /** A dead member is noticed by its connections, a hung one after ten missed heartbeats. */
    private static void failureDetection(Config config) {
        config.setProperty("hazelcast.heartbeat.interval.seconds", "1");
        config.setProperty("hazelcast.max.no.heartbeat.seconds", "10");
        config.setProperty("hazelcast.invocation.retry.pause.millis", "100");
        // what its sender has long given up shall not happen a minute later
        config.setProperty("hazelcast.operation.call.timeout.millis", "10000");
    }

    /** Hazelcast's defaults make some thirty threads before the first request; the store needs few. */
    private static void threads(Config config, int processors) {
        config.setProperty("hazelcast.operation.thread.count", String.valueOf(Math.max(2, Math.min(processors, 8))));
        config.setProperty("hazelcast.operation.generic.thread.count", "2");
        // none: an answer is handed to its request by the thread that has read it, one switch of threads less
        config.setProperty("hazelcast.operation.response.thread.count", "0");
        // whoever sends writes to the socket himself unless it is being written to: by default one collision hands all
        // that is written in the next tenth of a second to another thread
        config.setProperty("hazelcast.concurrent.window.ms", "0");
        config.setProperty("hazelcast.io.thread.count", processors > 4 ? "3" : "1");
        config.setProperty("hazelcast.event.thread.count", "1");
        config.setProperty("hazelcast.clientengine.thread.count", "1");
        config.setProperty("hazelcast.clientengine.query.thread.count", "1");
        config.setProperty("hazelcast.clientengine.blocking.thread.count", "1");
    }

    private static void quiet(Config config) {
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "jdk");
        config.setProperty("hazelcast.logging.details.enabled", "false");
        config.setProperty("hazelcast.health.monitoring.level", "OFF");
        config.getJetConfig().setEnabled(false);
        config.getMetricsConfig().setEnabled(false);
    }

    /** Two applications on one node are two members; a session and its backup in the two would die together. */
    private static void copiesOnDifferentNodes(Config config, Route node) {
        config.getPartitionGroupConfig().setEnabled(true).setGroupType(MemberGroupType.NODE_AWARE);
        config.getMemberAttributeConfig().setAttribute(PartitionGroupMetaData.PARTITION_GROUP_NODE, node.name());
    }

    /** Members send each other exceptions by Java serialization, and nothing else of ours or theirs. */
    static JavaSerializationFilterConfig javaSerializationFilter() {
        ClassFilter allowed = new ClassFilter();
        allowed.addPrefixes("com.hazelcast.", "java.lang.", "java.util.concurrent.", "java.util.Collections$", "[");
        allowed.addClasses(
                "java.util.ArrayList",
                "java.util.UUID",
                "java.util.NoSuchElementException",
                "java.util.ConcurrentModificationException",
                "java.io.IOException",
                "java.io.EOFException",
                "java.io.UncheckedIOException",
                "java.io.NotSerializableException",
                "java.io.ObjectStreamException",
                "java.io.InvalidClassException",
                "java.net.SocketException",
                "java.net.ConnectException",
                "java.net.UnknownHostException");
        return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(allowed);
    }
}
