/** The failover cluster as a proxy sees it, which is a Hazelcast client: where the nodes are, and what operators order. */
@NullMarked
package io.limpet.proxy.cluster;

import org.jspecify.annotations.NullMarked;
