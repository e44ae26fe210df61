/**
 * The proxy's edge: the command, the server around the servlet, the servlet, and the rules by which one request is
 * forwarded and answered. What decides where a request goes is in {@link io.limpet.proxy.node}.
 */
@NullMarked
package io.limpet.proxy;

import org.jspecify.annotations.NullMarked;
