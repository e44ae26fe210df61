/** What Limpet costs a server: the CPU time of processes that serve the same requests in turns. */
@NullMarked
package io.limpet.benchmark;

import org.jspecify.annotations.NullMarked;
