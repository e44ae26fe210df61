/** Other proxies that run in a JVM, as their projects ship them, made to route on the suffix of a session cookie. */
@NullMarked
package io.limpet.rival.proxy;

import org.jspecify.annotations.NullMarked;
