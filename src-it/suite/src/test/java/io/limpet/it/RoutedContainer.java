package io.limpet.it;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.Server;
import io.limpet.it.cluster.WorkFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A container that writes a route of its own into its cookies: Tomcat with a {@code jvmRoute}, Jetty with a
 * {@code workerName}.
 *
 * @param routes by the names of the nodes
 */
record RoutedContainer(Container container, Map<String, String> routes) implements Server {

    /** What the container writes on this node. */
    String route(String node) {
        return Objects.requireNonNull(routes.get(node), node);
    }

    @Override
    public Pattern sessionValue() {
        return Pattern.compile("[0-9A-Za-z_-]+\\.(" + String.join("|", routes.values()) + ")");
    }

    @Override
    public Program start(Node node, WorkFolder work, Path war, Map<String, String> environment) {
        Map<String, String> routed = new HashMap<>(environment);
        String route = route(node.name());
        routed.put("JAVA_TOOL_OPTIONS", "-DjvmRoute=" + route + " -Djetty.sessionIdManager.workerName=" + route);
        return container.start(node, work, war, routed);
    }

    @Override
    public void awaitReady(Node node, Program program) {
        container.awaitReady(node, program);
    }

    @Override
    public String toString() {
        return container + "-routed";
    }
}
