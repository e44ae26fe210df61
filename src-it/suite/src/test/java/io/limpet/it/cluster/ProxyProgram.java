package io.limpet.it.cluster;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code java -jar limpet-proxy.jar}, as the README has it. */
public final class ProxyProgram {

    // a node that is back is used again at its second good probe: a test waits for that often
    private static final String HEALTH_INTERVAL = "300ms";

    private ProxyProgram() {}

    /** Starts it on a port in front of these nodes; it may not answer yet. */
    public static Program start(WorkFolder work, List<String> javaOptions, int port, List<Node> nodes) {
        return start(work, javaOptions, port, nodes, List.of());
    }

    /** Starts it with further options of its own. */
    public static Program start(
            WorkFolder work, List<String> javaOptions, int port, List<Node> nodes, List<String> options) {
        return start(work, javaOptions, port, nodes, options, Map.of());
    }

    /** Starts it with further options and an environment of its own. */
    public static Program start(
            WorkFolder work,
            List<String> javaOptions,
            int port,
            List<Node> nodes,
            List<String> options,
            Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(javaOptions);
        arguments.addAll(List.of(
                "-jar", Artifact.PROXY.path().toString(), "--listen", "127.0.0.1:" + port, "--admin", "127.0.0.1:0"));
        if (!options.contains("--health-interval")) {
            arguments.addAll(List.of("--health-interval", HEALTH_INTERVAL));
        }
        arguments.addAll(lane());
        for (Node node : nodes) {
            arguments.add("--node");
            arguments.add(node.name() + "=" + node.uri());
        }
        arguments.addAll(options);
        return Program.start("the proxy", work.log("proxy"), environment, arguments);
    }

    /** {@code -Dlimpet.lane} says which lane proxies take, else their default. */
    public static List<String> lane() {
        String lane = System.getProperty("limpet.lane");
        return lane == null ? List.of() : List.of("--lane", lane);
    }

    /** Where a proxy on this port is. */
    public static URI uri(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
