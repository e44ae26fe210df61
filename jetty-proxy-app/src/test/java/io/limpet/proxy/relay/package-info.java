@NullMarked
package io.limpet.proxy.relay;

import org.jspecify.annotations.NullMarked;
