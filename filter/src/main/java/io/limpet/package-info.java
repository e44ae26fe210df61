/** What an application may ask of Limpet and be told by it. None of it is needed to use the filter. */
@NullMarked
package io.limpet;

import org.jspecify.annotations.NullMarked;
