/** What the proxy costs, beside others with the same task on the same machine at the same time. */
@NullMarked
package io.limpet.benchmark.proxy;

import org.jspecify.annotations.NullMarked;
