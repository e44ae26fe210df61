/** Spring Session in Hazelcast, set up as its reference documentation says, for an application without Spring. */
@NullMarked
package io.limpet.rival.spring;

import org.jspecify.annotations.NullMarked;
