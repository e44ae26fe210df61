/** The commands that ask a running proxy, and tell it, by its admin listener. */
@NullMarked
package io.limpet.proxy.command;

import org.jspecify.annotations.NullMarked;
