/** Other proxies: what operators order on one of them holds on all. */
@NullMarked
package io.limpet.proxy.peer;

import org.jspecify.annotations.NullMarked;
