/** Jetty with its own session store in Hazelcast. */
@NullMarked
package io.limpet.rival.jetty;

import org.jspecify.annotations.NullMarked;
