/** How a container's launcher is told what to serve, says that it is ready, and ends. */
@NullMarked
package io.limpet.it.launch;

import org.jspecify.annotations.NullMarked;
