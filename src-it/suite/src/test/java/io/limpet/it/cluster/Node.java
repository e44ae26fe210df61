package io.limpet.it.cluster;

import java.net.URI;

/**
 * A node's place, which it keeps over restarts.
 *
 * @param name its route
 * @param host where it runs
 * @param port where it serves
 * @param memberPort where its member of the cluster listens
 */
public record Node(String name, Host host, int port, int memberPort) {

    /** One on this machine's loopback interface. */
    public Node(String name, int port, int memberPort) {
        this(name, Host.LOOPBACK, port, memberPort);
    }

    static Node numbered(int number) {
        return new Node("n" + number, FreePorts.next(), FreePorts.next());
    }

    /** Where it serves, past the proxy. */
    public URI uri() {
        return URI.create("http://" + host.address() + ":" + port);
    }

    String member() {
        return host.memberAddress() + ":" + memberPort;
    }
}
