@NullMarked
package io.limpet.proxy.discovery;

import org.jspecify.annotations.NullMarked;
