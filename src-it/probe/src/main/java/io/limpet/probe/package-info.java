/**
 * An application that does what a request tells it, step by step, to its session and its response, and says what it saw.
 * It knows nothing of Limpet.
 */
@NullMarked
package io.limpet.probe;

import org.jspecify.annotations.NullMarked;
