package io.limpet.it.judge;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.NodeProgram;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.WorkFolder;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One container's process with several variants of the probe, each at a context path of its own. */
public final class ProbeNode implements AutoCloseable {

    private final Node node;
    private final Program program;

    private ProbeNode(Node node, Program program) {
        this.node = node;
        this.program = program;
    }

    /** Starts it alone; {@link #awaitReady} before it is used. */
    static ProbeNode start(Container container, Node node, WorkFolder work, Map<String, ProbeWar> wars) {
        return start(container, node, List.of(node), work, wars);
    }

    /** Starts it as one of several members of a cluster. */
    public static ProbeNode start(
            Container container, Node node, List<Node> members, WorkFolder work, Map<String, ProbeWar> wars) {
        return start(container, node, members, work, wars, Map.of());
    }

    /** Starts it with further settings of Limpet, or of the launcher. */
    public static ProbeNode start(
            Container container,
            Node node,
            List<Node> members,
            WorkFolder work,
            Map<String, ProbeWar> wars,
            Map<String, String> settings) {
        Map<String, Path> applications = new LinkedHashMap<>();
        wars.forEach((context, war) -> applications.put(
                context, war.writeTo(work.folder().resolve("tmp"), node.name() + context.replace('/', '-'))));
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("LIMPET_NODE", node.name());
        environment.put("LIMPET_CLUSTER", work.folder().getFileName().toString());
        environment.put("LIMPET_BIND", member(node));
        environment.put(
                "LIMPET_MEMBERS", members.stream().map(ProbeNode::member).collect(Collectors.joining(",")));
        return new ProbeNode(node, NodeProgram.start(container, node, work, applications, environment));
    }

    private static String member(Node node) {
        return "127.0.0.1:" + node.memberPort();
    }

    /** Waits until it serves. */
    public ProbeNode awaitReady() {
        NodeProgram.awaitReady(program);
        return this;
    }

    /** Where it serves. */
    public URI uri() {
        return node.uri();
    }

    /** {@code kill -9}; returns when it is gone. */
    public void kill() {
        program.kill();
    }

    /** Ends all of them at once, each in its order. */
    public static void closeAll(List<ProbeNode> nodes) {
        Program.closeAll(nodes.stream().map(node -> node.program).toList());
    }

    @Override
    public void close() {
        program.close();
    }
}
