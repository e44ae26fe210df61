package io.limpet.failover;

import io.limpet.route.Route;
import java.time.Duration;

/**
 * How sessions are replicated.
 *
 * @param node this node's route
 * @param rejectUnsaved whether a request whose changes could not be stored in time is refused
 * @param dirtiness which attributes are compared with what was saved
 * @param patience how long a request waits for another one that saves the same session
 */
public record ReplicationSettings(Route node, boolean rejectUnsaved, Dirtiness dirtiness, Duration patience) {}
