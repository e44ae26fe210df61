@NullMarked
package io.limpet.proxy.node;

import org.jspecify.annotations.NullMarked;
