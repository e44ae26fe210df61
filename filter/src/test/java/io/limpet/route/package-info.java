@NullMarked
package io.limpet.route;

import org.jspecify.annotations.NullMarked;
