@NullMarked
package io.limpet.proxy.loop;

import org.jspecify.annotations.NullMarked;
