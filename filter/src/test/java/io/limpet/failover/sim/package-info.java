/**
 * Plays random interleavings of requests, kills, hangs, splits and merges on 2 to 4 nodes, one step at a time and the
 * same for the same seed, with the real failover on a model of the cluster, and holds what happens against the promises.
 */
@NullMarked
package io.limpet.failover.sim;

import org.jspecify.annotations.NullMarked;
