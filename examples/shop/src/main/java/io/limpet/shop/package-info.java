/**
 * A small web shop that keeps a basket, a name and a counter in the session, as applications do: nothing in here knows
 * that the session may move to another node.
 */
@NullMarked
package io.limpet.shop;

import org.jspecify.annotations.NullMarked;
