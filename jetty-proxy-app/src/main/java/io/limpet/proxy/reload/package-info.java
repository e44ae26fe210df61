/** Settings that change while the proxy runs: read again on a signal or when their file has changed, all or nothing. */
@NullMarked
package io.limpet.proxy.reload;

import org.jspecify.annotations.NullMarked;
