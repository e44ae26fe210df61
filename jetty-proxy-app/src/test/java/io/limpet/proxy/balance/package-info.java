@NullMarked
package io.limpet.proxy.balance;

import org.jspecify.annotations.NullMarked;
