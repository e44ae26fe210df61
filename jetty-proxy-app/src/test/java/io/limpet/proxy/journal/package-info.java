@NullMarked
package io.limpet.proxy.journal;

import org.jspecify.annotations.NullMarked;
