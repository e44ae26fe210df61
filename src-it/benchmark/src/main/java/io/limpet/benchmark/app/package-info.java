/** The application that is measured: a session of a given size, read and written. */
@NullMarked
package io.limpet.benchmark.app;

import org.jspecify.annotations.NullMarked;
