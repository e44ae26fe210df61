/** A span of each proxied request, for OpenTelemetry; without it not one class of OpenTelemetry is loaded. */
@NullMarked
package io.limpet.proxy.trace;

import org.jspecify.annotations.NullMarked;
