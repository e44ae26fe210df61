@NullMarked
package io.limpet.proxy.config;

import org.jspecify.annotations.NullMarked;
