/** Counters and histograms for Prometheus, and what the dashboard shows of them. */
@NullMarked
package io.limpet.proxy.metrics;

import org.jspecify.annotations.NullMarked;
