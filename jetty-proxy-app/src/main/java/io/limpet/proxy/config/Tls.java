package io.limpet.proxy.config;

import io.limpet.proxy.tls.Certificates;

/** Whether clients may come over TLS. */
public sealed interface Tls {

    /** They may not. */
    record Off() implements Tls {}

    /**
     * They may, beside those in clear.
     *
     * @param listen where
     * @param certificates what they are shown
     */
    record On(ListenAddress listen, Certificates certificates) implements Tls {}
}
