/**
 * Where and how {@code limpet-proxy.jar} listens: in clear and over TLS, in HTTP/1.1 and HTTP/2, behind a PROXY header or
 * not. A servlet in another server has that server's own.
 */
@NullMarked
package io.limpet.proxy.listen;

import org.jspecify.annotations.NullMarked;
