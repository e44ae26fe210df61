/**
 * The threads that do the proxy's work: one for each core, which hears of clients and of nodes alike, and hands nothing to
 * another as long as nothing blocks.
 */
@NullMarked
package io.limpet.proxy.loop;

import org.jspecify.annotations.NullMarked;
