@NullMarked
package io.limpet.proxy.admin;

import org.jspecify.annotations.NullMarked;
