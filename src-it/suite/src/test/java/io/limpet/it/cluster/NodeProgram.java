package io.limpet.it.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A container's launcher with a WAR. */
public final class NodeProgram {

    // small, and quick to start: a dozen of these share two cores
    private static final List<String> SMALL =
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

    private static final Pattern READY = Pattern.compile("^ready on (\\d+) pid \\d+$");

    private NodeProgram() {}

    /** Starts it with this WAR at the root context; it may not serve yet. */
    public static Program start(
            Container container, Node node, WorkFolder work, Path war, Map<String, String> environment) {
        return start(container, node, work, Map.of("", war), environment);
    }

    /** Starts it with WARs at their context paths; it may not serve yet. */
    public static Program start(
            Container container,
            Node node,
            WorkFolder work,
            Map<String, Path> applications,
            Map<String, String> environment) {
        List<String> arguments = new ArrayList<>(SMALL);
        arguments.add(work.temporary());
        arguments.addAll(container.launch(node.port(), applications));
        arguments.add(0, "-Dlimpet.it.address=" + node.host().address());
        return Program.start(node.host(), node.name(), work.log(node.name()), environment, arguments);
    }

    /** Waits until it serves. */
    public static void awaitReady(Program program) {
        program.awaitLine(READY);
    }
}
