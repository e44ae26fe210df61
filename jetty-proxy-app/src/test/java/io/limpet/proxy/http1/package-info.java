@NullMarked
package io.limpet.proxy.http1;

import org.jspecify.annotations.NullMarked;
