/** HTTP/2 frame by frame, as no well-behaved client would send it: conversations, floods, and what RFC 9113 says of both. */
@NullMarked
package io.limpet.proxy.http2;

import org.jspecify.annotations.NullMarked;
