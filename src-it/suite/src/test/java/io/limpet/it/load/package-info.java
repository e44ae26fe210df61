/** Shoppers that keep buying while nodes die, and the ledger of what they were promised. */
@NullMarked
package io.limpet.it.load;

import org.jspecify.annotations.NullMarked;
