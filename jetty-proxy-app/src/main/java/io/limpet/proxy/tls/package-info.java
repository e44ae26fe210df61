/**
 * Certificates and keys as operators keep them, in PEM files or in a keystore, and the authorities that nodes'
 * certificates are verified with. {@code java.*} only.
 */
@NullMarked
package io.limpet.proxy.tls;

import org.jspecify.annotations.NullMarked;
