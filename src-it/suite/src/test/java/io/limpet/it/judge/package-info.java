/** The judges: an application behaves with Limpet as it does without, and its cookies are tagged in every case. */
@NullMarked
package io.limpet.it.judge;

import org.jspecify.annotations.NullMarked;
