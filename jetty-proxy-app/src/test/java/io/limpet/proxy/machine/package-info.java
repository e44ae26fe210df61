@NullMarked
package io.limpet.proxy.machine;

import org.jspecify.annotations.NullMarked;
