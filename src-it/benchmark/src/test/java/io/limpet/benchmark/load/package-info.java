/** Clients that ask a server as fast as it answers. */
@NullMarked
package io.limpet.benchmark.load;

import org.jspecify.annotations.NullMarked;
