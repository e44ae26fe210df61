/**
 * The wire format: how a node's route is written into a session cookie, a {@code Set-Cookie} line and a {@code
 * ;jsessionid=} path parameter, and how it is read back. The filter and the proxy share this package; it knows only
 * {@code java.*}.
 */
@NullMarked
package io.limpet.route;

import org.jspecify.annotations.NullMarked;
