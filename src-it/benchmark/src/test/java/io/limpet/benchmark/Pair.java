package io.limpet.benchmark;

import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.WorkFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Two servers that are members of one cluster, so that what is changed on one is kept by the other.
 *
 * @param name stands in the table
 * @param launch starts each
 * @param application runs in each
 */
record Pair(String name, Launch launch, Application application) {

    private static final Pattern JOINED = Pattern.compile("Members \\{size:2");
    private static final Path RESOURCES = Path.of("src/test/resources").toAbsolutePath();

    /** Returns when both serve and know of each other. */
    Server start(WorkFolder work) {
        List<Integer> members = List.of(FreePorts.next(), FreePorts.next());
        List<Program> programs = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ports.add(FreePorts.next());
            programs.add(launch.start(
                    name, work, ports.get(i), application, limpet(members, i), rival(members, i)));
            // one after the other: two that start at once may each begin a cluster, and merge much later
            Launch.ready(programs);
        }
        Launch.ready(programs, JOINED);
        return new Server(name, ports.get(0), programs);
    }

    private static Map<String, String> limpet(List<Integer> members, int index) {
        return Map.of(
                "LIMPET_NODE", "n" + (index + 1),
                "LIMPET_CLUSTER", "benchmark-" + members.get(0),
                "LIMPET_MEMBERS", "127.0.0.1:" + members.get(0) + ",127.0.0.1:" + members.get(1),
                "LIMPET_BIND", "127.0.0.1:" + members.get(index));
    }

    private static List<String> rival(List<Integer> members, int index) {
        return List.of(
                "-Dhazelcast.config=" + RESOURCES.resolve("io/limpet/benchmark/member.xml"),
                "-Dbenchmark.cluster=benchmark-" + members.get(0),
                "-Dbenchmark.port=" + members.get(index),
                "-Dbenchmark.member1=127.0.0.1:" + members.get(0),
                "-Dbenchmark.member2=127.0.0.1:" + members.get(1));
    }
}
