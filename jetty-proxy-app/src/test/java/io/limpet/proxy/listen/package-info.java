@NullMarked
package io.limpet.proxy.listen;

import org.jspecify.annotations.NullMarked;
