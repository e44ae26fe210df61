/**
 * Which node serves a request, and which nodes can: nodes, their states, the choice and its reason, health. Plain
 * classes that know neither Jetty nor servlets.
 */
@NullMarked
package io.limpet.proxy.node;

import org.jspecify.annotations.NullMarked;
