/** Sessions move to nodes that have fewer. Knows neither Jetty nor servlets. */
@NullMarked
package io.limpet.proxy.rebalance;

import org.jspecify.annotations.NullMarked;
