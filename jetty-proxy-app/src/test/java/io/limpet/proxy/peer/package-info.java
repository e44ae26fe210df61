@NullMarked
package io.limpet.proxy.peer;

import org.jspecify.annotations.NullMarked;
