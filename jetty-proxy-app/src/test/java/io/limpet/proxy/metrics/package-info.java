@NullMarked
package io.limpet.proxy.metrics;

import org.jspecify.annotations.NullMarked;
