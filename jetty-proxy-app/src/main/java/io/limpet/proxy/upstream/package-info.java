/**
 * This proxy's connections to nodes: HTTP/1.1 on Jetty's own selectors and endpoints. Bytes in, bytes out, and what may
 * go wrong between; which node, and what follows when it fails, is decided elsewhere.
 */
@NullMarked
package io.limpet.proxy.upstream;

import org.jspecify.annotations.NullMarked;
