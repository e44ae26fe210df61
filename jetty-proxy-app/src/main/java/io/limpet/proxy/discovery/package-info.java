/** Nodes that nobody lists: they are found by a name in DNS, and give their own names. */
@NullMarked
package io.limpet.proxy.discovery;

import org.jspecify.annotations.NullMarked;
