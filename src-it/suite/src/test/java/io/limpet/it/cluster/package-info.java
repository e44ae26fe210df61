/** Nodes and a proxy as processes of their own, which can be killed. */
@NullMarked
package io.limpet.it.cluster;

import org.jspecify.annotations.NullMarked;
