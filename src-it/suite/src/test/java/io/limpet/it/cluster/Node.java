package io.limpet.it.cluster;

import java.net.URI;

/**
 * A node's place, which it keeps over restarts.
 *
 * @param name its route
 * @param port where it serves
 * @param memberPort where its member of the cluster listens
 */
public record Node(String name, int port, int memberPort) {

    static Node numbered(int number) {
        return new Node("n" + number, FreePorts.next(), FreePorts.next());
    }

    /** Where it serves, past the proxy. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    String member() {
        return "127.0.0.1:" + memberPort;
    }
}
