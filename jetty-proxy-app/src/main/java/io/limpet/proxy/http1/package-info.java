/**
 * HTTP/1.1 messages as bytes (RFC 9112), read strictly and in place. What is not exactly as the RFC writes it is refused,
 * though a recipient might forgive it: two readers who forgive different things read different messages.
 *
 * <p>Knows nothing but buffers: neither Jetty, nor nodes, nor sessions.
 */
@NullMarked
package io.limpet.proxy.http1;

import org.jspecify.annotations.NullMarked;
