/**
 * The shop on several nodes behind the proxy, each a process of its own that may be killed: {@link io.limpet.demo.Demo}
 * is the command, {@link io.limpet.demo.Cluster} what it starts, {@link io.limpet.demo.ShopNode} the main class of one
 * node.
 */
@NullMarked
package io.limpet.demo;

import org.jspecify.annotations.NullMarked;
