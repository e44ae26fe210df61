@NullMarked
package io.limpet.proxy.rebalance;

import org.jspecify.annotations.NullMarked;
