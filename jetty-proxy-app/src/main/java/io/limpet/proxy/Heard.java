package io.limpet.proxy;

import io.limpet.proxy.node.DrainRules;
import io.limpet.proxy.node.NodeStatus;
import io.limpet.proxy.node.StatusPath;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a node has answered where one of its applications tells its status.
 *
 * @param door where
 * @param asked when it was asked, by {@link System#nanoTime}
 * @param status this node's own; empty when another one answers there, or none
 */
record Heard(Door door, long asked, ProbeExchange.Answer answer, Optional<NodeStatus> status) {

    /** Where an application tells its status. */
    record Door(String context, String path) {

        /** The one at this path. */
        static Door at(String path) {
            return new Door(DrainRules.contextOf(path), path);
        }

        /** That of the application with this context path; empty when no request can ask there. */
        static Optional<Door> of(String context) {
            return StatusPath.of(context).map(path -> new Door(context, path));
        }
    }

    /** As a container answers that has no such application, and not as a filter that keeps its status to itself. */
    boolean isGone() {
        return answer.status() == HttpStatus.NOT_FOUND_404 && !answer.isRefusal();
    }

    /** Whether the application itself has answered. */
    boolean tellsOfItself() {
        return status.stream()
                .flatMap(told -> told.report().applications().stream())
                .anyMatch(application -> application.context().equals(door.context()));
    }
}
