/** Tests of reading certificates, and certificates for other tests. */
@NullMarked
package io.limpet.proxy.tls;

import org.jspecify.annotations.NullMarked;
