/** What it costs to choose a node. */
@NullMarked
package io.limpet.benchmark.choose;

import org.jspecify.annotations.NullMarked;
