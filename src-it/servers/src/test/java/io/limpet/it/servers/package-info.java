/** The server matrix: what Limpet promises, on the servers as their projects release them. */
@NullMarked
package io.limpet.it.servers;

import org.jspecify.annotations.NullMarked;
