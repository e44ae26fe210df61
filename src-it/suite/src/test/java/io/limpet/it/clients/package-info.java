/** Clients that others wrote: curl, the JDK's, a WebSocket library, a browser. */
@NullMarked
package io.limpet.it.clients;

import org.jspecify.annotations.NullMarked;
