package io.limpet.demo;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is to be started, and where.
 *
 * @param nodes at least one
 * @param port the proxy's, on 127.0.0.1
 * @param admin where the proxy's dashboard is, as its own option has it
 * @param failover whether the sessions are replicated
 * @param restart whether a process that ended is started again
 */
record Plan(List<NodePlace> nodes, int port, String admin, boolean failover, boolean restart) {

    /** The name of the proxy among the processes. */
    static final String PROXY = "proxy";

    /** Where the dashboard is unless somebody wants it elsewhere. */
    static final String ADMIN = "127.0.0.1:9090";

    /**
     * One node; everything is on 127.0.0.1.
     *
     * @param name its route: n1, n2, ...
     * @param port where it serves the shop
     * @param memberPort where it talks to the other nodes about sessions
     */
    record NodePlace(String name, int port, int memberPort) {}

    Plan {
        nodes = List.copyOf(nodes);
    }

    Plan(List<NodePlace> nodes, int port, boolean failover, boolean restart) {
        this(nodes, port, ADMIN, failover, restart);
    }

    /** The same with the dashboard there. */
    Plan withAdmin(String address) {
        return new Plan(nodes, port, address, failover, restart);
    }

    /**
     * Chooses free ports for everything but the proxy, and for the proxy too when its port is 0.
     *
     * @throws StartFailedException when the proxy's port is taken, or no ports are free
     */
    static Plan of(int nodes, int port, boolean failover, boolean restart) throws StartFailedException {
        if (port != 0 && !Ports.isFree(port)) {
            throw new StartFailedException(
                    "port " + port + " is in use; end what uses it, or choose another one with --port");
        }
        List<Integer> free = Ports.choose(2 * nodes + 1);
        List<NodePlace> places = IntStream.range(0, nodes)
                .mapToObj(i -> new NodePlace("n" + (i + 1), free.get(i), free.get(nodes + i)))
                .toList();
        return new Plan(places, port == 0 ? free.get(2 * nodes) : port, failover, restart);
    }

    /** Where the nodes find each other, as {@code LIMPET_MEMBERS} wants it. */
    String members() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.memberPort()).collect(Collectors.joining(","));
    }
}
