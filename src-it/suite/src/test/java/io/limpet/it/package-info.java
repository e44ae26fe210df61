/** What Limpet promises its users, one promise a class. */
@NullMarked
package io.limpet.it;

import org.jspecify.annotations.NullMarked;
