package io.limpet.it.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;

/**
 * Three Hazelcast servers as an operator has them for {@code mode=client}: Hazelcast's jar, a file of settings, and no
 * class of Limpet.
 */
public final class HazelcastServers implements AutoCloseable {

    private static final int SIZE = 3;
    private static final Pattern TOGETHER = Pattern.compile("Members \\{size:" + SIZE + ",");

    private final WorkFolder work;
    private final Path jar;
    private final List<Integer> memberPorts = ports();
    private final List<Integer> clientPorts = ports();
    private final List<Program> programs = new ArrayList<>();

    private HazelcastServers(WorkFolder work, int backups) {
        this.work = work;
        this.jar = jar(work);
        IntStream.range(0, SIZE).forEach(i -> programs.add(launch(i, backups)));
    }

    /** Starts them; returns when they have found each other. */
    public static HazelcastServers start(WorkFolder work, int backups) {
        HazelcastServers servers = new HazelcastServers(work, backups);
        try {
            servers.programs.forEach(program -> program.awaitLine(TOGETHER));
            return servers;
        } catch (RuntimeException | Error e) {
            servers.close();
            throw e;
        }
    }

    private static List<Integer> ports() {
        return IntStream.range(0, SIZE).mapToObj(i -> FreePorts.next()).toList();
    }

    /** The shop has it. */
    private static Path jar(WorkFolder work) {
        try (ZipFile war = new ZipFile(Artifact.WAR.path().toFile())) {
            Path copy = work.folder().resolve("tmp").resolve("hazelcast.jar");
            Files.copy(
                    war.getInputStream(war.stream()
                            .filter(entry -> entry.getName().matches("WEB-INF/lib/hazelcast-\\d.*\\.jar"))
                            .findFirst()
                            .orElseThrow()),
                    copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Program launch(int position, int backups) {
        Path settings = work.folder().resolve("tmp").resolve("hazelcast-" + position + ".yaml");
        try {
            Files.writeString(settings, yaml(position, backups));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Program.start(
                "server " + position,
                work.log("server-" + position),
                Map.of(),
                List.of(
                        "-Xmx96m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        Program.lifeline(),
                        work.temporary(),
                        "-Dhazelcast.config=" + settings,
                        "-cp",
                        jar.toString(),
                        "com.hazelcast.core.server.HazelcastMemberStarter"));
    }

    private String yaml(int position, int backups) {
        String members = memberPorts.stream()
                .map(port -> "            - 127.0.0.1:" + port + "\n")
                .collect(Collectors.joining());
        return """
                hazelcast:
                  cluster-name: %s
                  properties:
                    hazelcast.phone.home.enabled: false
                    hazelcast.socket.bind.any: false
                    hazelcast.socket.server.bind.any: false
                    hazelcast.local.localAddress: 127.0.0.1
                    hazelcast.wait.seconds.before.join: 0
                    hazelcast.operation.thread.count: 2
                  jet:
                    enabled: false
                  split-brain-protection:
                    limpet:
                      enabled: true
                      minimum-cluster-size: 2
                  map:
                    limpet.sessions*:
                      backup-count: %d
                      split-brain-protection-ref: limpet
                  advanced-network:
                    enabled: true
                    member-server-socket-endpoint-config:
                      port: {port: %d, auto-increment: false}
                    client-server-socket-endpoint-config:
                      port: {port: %d, auto-increment: false}
                    join:
                      auto-detection: {enabled: false}
                      multicast: {enabled: false}
                      tcp-ip:
                        enabled: true
                        member-list:
                """.formatted(name(), backups, memberPorts.get(position), clientPorts.get(position)) + members;
    }

    private String name() {
        return work.folder().getFileName().toString();
    }

    /** What a node that is to use them is told. */
    public Map<String, String> environment(String node) {
        return Map.of(
                "LIMPET_NODE",
                node,
                "LIMPET_FAILOVER",
                "true",
                "LIMPET_MODE",
                "client",
                "LIMPET_CLUSTER",
                name(),
                "LIMPET_MEMBERS",
                clientPorts.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(",")));
    }

    /** {@code kill -9}. */
    public void kill(int position) {
        programs.get(position).kill();
    }

    @Override
    public void close() {
        programs.forEach(Program::kill); // in order they would hand over to each other, one after another
    }
}
