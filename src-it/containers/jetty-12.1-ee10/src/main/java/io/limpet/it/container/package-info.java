/** One launcher of a container, as an operator would write it: the WAR unchanged, nothing of Limpet on its own path. */
@NullMarked
package io.limpet.it.container;

import org.jspecify.annotations.NullMarked;
