@NullMarked
package io.limpet.proxy;

import org.jspecify.annotations.NullMarked;
