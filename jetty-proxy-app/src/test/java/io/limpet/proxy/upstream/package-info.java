@NullMarked
package io.limpet.proxy.upstream;

import org.jspecify.annotations.NullMarked;
