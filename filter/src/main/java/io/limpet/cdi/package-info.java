/**
 * Limpet for applications with CDI: {@code @Inject} the node and the affinity of the current request, and
 * {@code @Observes} adopted sessions. Where there is no CDI, nothing of this package is loaded.
 */
@NullMarked
package io.limpet.cdi;

import org.jspecify.annotations.NullMarked;
