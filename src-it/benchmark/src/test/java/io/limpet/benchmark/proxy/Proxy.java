package io.limpet.benchmark.proxy;

import java.util.List;
import java.util.Map;

/**
 * A proxy that is compared.
 *
 * @param name stands in the tables
 * @param command starts it
 * @param ports where it speaks what; a protocol that is not there is not measured
 * @param warmUp how many requests it takes until it is as fast as it gets
 * @param mostConnections more than it is made for are not tried
 */
record Proxy(String name, List<String> command, Map<Protocol, Integer> ports, int warmUp, int mostConnections) {

    /** What a client speaks. */
    enum Protocol {
        /** HTTP/1.1 in clear. */
        CLEAR,
        /** HTTP/1.1 over TLS 1.3. */
        TLS,
        /** HTTP/2 in clear, with prior knowledge. */
        HTTP2
    }

    boolean takes(Case measured) {
        return ports.containsKey(measured.protocol()) && measured.connections() <= mostConnections;
    }

    int port(Protocol protocol) {
        Integer port = ports.get(protocol);
        if (port == null) {
            throw new IllegalStateException(name + " does not speak " + protocol);
        }
        return port;
    }
}
