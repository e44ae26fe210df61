package io.limpet.failover.hazelcast;

import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.partition.Partition;
import io.limpet.failover.protocol.SessionStore;
import io.limpet.route.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Hazelcast servers as an operator has them: processes of their own, with Hazelcast's jar on the class path and nothing
 * else, not even a class of these tests. They end with this process at the latest.
 */
final class StockMembers implements AutoCloseable {

    /** What the documentation tells an operator to write. */
    static final String PROTECTED = """
              split-brain-protection:
                limpet:
                  enabled: true
                  minimum-cluster-size: 2
              map:
                limpet.sessions*:
                  backup-count: 1
                  split-brain-protection-ref: limpet
            """;

    private static final String CONTEXT = "/shop";

    private final String name = "test-" + UUID.randomUUID();
    private final Path directory;
    private final List<MemberAddress> addresses;
    private final StockConfig written;
    private final List<Process> processes = new ArrayList<>();
    private final Set<Integer> broken = new HashSet<>();
    private final List<SessionStore> stores = new ArrayList<>();

    /** @param ofMap YAML below {@code hazelcast} */
    StockMembers(int size, Path directory, String ofMap) {
        this.directory = directory;
        List<MemberAddress> free = Cluster.freeAddresses(2 * size);
        addresses = free.subList(0, size);
        written = new StockConfig(name, free.subList(size, 2 * size), addresses, ofMap);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> processes.forEach(Process::destroyForcibly)));
        for (int i = 0; i < size; i++) {
            processes.add(start(i));
        }
    }

    private Process start(int position) {
        try {
            Path config = directory.resolve("member-" + position + ".yaml");
            Files.writeString(config, written.yaml(position));
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx96m",
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-Dhazelcast.config=" + config,
                            "-cp",
                            Path.of(Hazelcast.class
                                            .getProtectionDomain()
                                            .getCodeSource()
                                            .getLocation()
                                            .getPath())
                                    .toString(),
                            "com.hazelcast.core.server.HazelcastMemberStarter")
                    .redirectErrorStream(true)
                    .redirectOutput(
                            directory.resolve("member-" + position + ".log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node that is a client of them. */
    SessionStore connect(int number) {
        return connect(number, Cluster.STORE_TIMEOUT);
    }

    /** One that knows them by the name of this machine. */
    SessionStore connectByName(int number) {
        return connect(number, new Members.Dns("localhost", addresses.get(0).port()), Cluster.STORE_TIMEOUT);
    }

    SessionStore connect(int number, Duration storeTimeout) {
        return connect(number, new Members.Listed(addresses), storeTimeout);
    }

    private SessionStore connect(int number, Members members, Duration storeTimeout) {
        SessionStore store = HazelcastStore.start(
                new ClusterSettings(
                        name,
                        members,
                        new Topology.Client(),
                        0,
                        Optional.empty(),
                        storeTimeout,
                        StockMembers.class.getClassLoader()),
                new Route("n" + number),
                CONTEXT);
        stores.add(store);
        return store;
    }

    /** Waits until each server owns a part of the data: before that, nobody would miss the last one. */
    void awaitShared() {
        ClientConfig config = new ClientConfig().setClusterName(name);
        addresses.forEach(address -> config.getNetworkConfig().addAddress(address.toString()));
        HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> client.getPartitionService().getPartitions().stream()
                                    .map(Partition::getOwner)
                                    .filter(Objects::nonNull)
                                    .distinct()
                                    .count()
                            == addresses.size());
        } finally {
            client.shutdown();
        }
    }

    static String mapName() {
        return MemberConfig.MAP_PREFIX + CONTEXT;
    }

    void kill(int position) {
        broken.add(position);
        processes.get(position).destroyForcibly();
    }

    /** Starts one that was killed, empty, at its old address. */
    void restart(int position) {
        broken.remove(position);
        processes.set(position, start(position));
    }

    /** Starts those again that were killed or suspended, empty, and waits until each server owns a part of the data. */
    void repair() {
        for (int i = 0; i < processes.size(); i++) {
            if (broken.contains(i)) {
                awaitEnd(processes.get(i).destroyForcibly());
                restart(i);
            }
        }
        awaitShared();
    }

    /** It keeps its connections and answers nobody. */
    void suspend(int position) {
        broken.add(position);
        try {
            new ProcessBuilder(
                            "kill",
                            "-STOP",
                            String.valueOf(processes.get(position).pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
        stores.forEach(SessionStore::close);
        processes.forEach(StockMembers::awaitEnd);
    }

    private static void awaitEnd(Process process) {
        try {
            process.waitFor(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
