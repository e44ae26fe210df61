/** What became of each request, told once: metrics, access log and dashboard hang on it. */
@NullMarked
package io.limpet.proxy.journal;

import org.jspecify.annotations.NullMarked;
