/** A real browser, driven by its own protocol. */
@NullMarked
package io.limpet.it.chromium;

import org.jspecify.annotations.NullMarked;
