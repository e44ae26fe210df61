package io.limpet.it;

import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.Server;
import io.limpet.it.cluster.WorkFolder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tagging: container}, for Tomcats with their {@code jvmRoute} and Jettys with their {@code workerName}. */
class ContainerTaggingIT {

    /** A container that writes the node's name as its own route. */
    private record Routed(Container container) implements Server {

        @Override
        public Pattern sessionValue() {
            return Pattern.compile("[0-9A-Za-z]+\\.n[12]");
        }

        @Override
        public Program start(Node node, WorkFolder work, Path war, Map<String, String> environment) {
            Map<String, String> routed = new HashMap<>(environment);
            routed.put(
                    "JAVA_TOOL_OPTIONS",
                    "-DjvmRoute=" + node.name() + " -Djetty.sessionIdManager.workerName=" + node.name());
            return container.start(node, work, war, routed);
        }

        @Override
        public void awaitReady(Node node, Program program) {
            container.awaitReady(node, program);
        }

        @Override
        public String toString() {
            return container.toString();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
    void sessionsStayOnTheNodeThatTheContainersOwnRouteNames(Container container) {
        try (ContainerRouted nodes = ContainerRouted.start(new Routed(container))) {
            nodes.assertSticky();
        }
    }
}
