/** Nodes that die, hang or are cut off, at the worst moment: nothing that was acknowledged is lost, nothing dead returns. */
@NullMarked
package io.limpet.it.fault;

import org.jspecify.annotations.NullMarked;
