@NullMarked
package io.limpet.proxy.reload;

import org.jspecify.annotations.NullMarked;
