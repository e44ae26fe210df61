/**
 * The fast lane: plain exchanges of HTTP/1.1 at the level of the connection, without a servlet. Requests and responses are
 * Jetty's own interfaces, so that the rules cannot tell the lanes apart; what is not plain goes to Jetty's HTTP connection,
 * with all of its bytes.
 */
@NullMarked
package io.limpet.proxy.relay;

import org.jspecify.annotations.NullMarked;
