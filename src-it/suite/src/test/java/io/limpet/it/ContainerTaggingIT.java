package io.limpet.it;

import io.limpet.it.cluster.Container;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code tagging: container}, for Tomcats with their {@code jvmRoute} and Jettys with their {@code workerName}. */
class ContainerTaggingIT {

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY"})
    void sessionsStayOnTheNodeThatTheContainersOwnRouteNames(Container container) {
        RoutedContainer server = new RoutedContainer(container, Map.of("n1", "n1", "n2", "n2"));
        try (ContainerRouted nodes = ContainerRouted.start(server)) {
            nodes.assertSticky();
        }
    }
}
