/**
 * The failover protocol in plain classes: what the cluster knows of a session ({@link io.limpet.failover.Entry}), how it
 * may change ({@link io.limpet.failover.Change}), and where it is kept ({@link io.limpet.failover.SessionStore}).
 */
@NullMarked
package io.limpet.failover;

import org.jspecify.annotations.NullMarked;
