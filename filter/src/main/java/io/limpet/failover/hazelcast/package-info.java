/**
 * The session store on embedded Hazelcast members, and the only package that imports {@code com.hazelcast}. Nothing
 * outside refers to more of it than {@link io.limpet.failover.hazelcast.ClusterSettings} until failover is switched on.
 */
@NullMarked
package io.limpet.failover.hazelcast;

import org.jspecify.annotations.NullMarked;
