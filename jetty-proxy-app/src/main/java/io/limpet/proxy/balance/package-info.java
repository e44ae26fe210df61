/** Who gets a new session: the ways of {@code balance}, weights, and the slow start of a node that has just come up. */
@NullMarked
package io.limpet.proxy.balance;

import org.jspecify.annotations.NullMarked;
