/**
 * Failover of the container's sessions: what of a session is captured, when it is saved, and how another node adopts it.
 * How nodes agree on who owns a session is in {@link io.limpet.failover.protocol}.
 */
@NullMarked
package io.limpet.failover;

import org.jspecify.annotations.NullMarked;
