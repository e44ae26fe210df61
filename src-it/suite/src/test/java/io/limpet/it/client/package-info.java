/** Who sends requests: a browser that keeps its cookie, and a socket that sends anything. */
@NullMarked
package io.limpet.it.client;

import org.jspecify.annotations.NullMarked;
