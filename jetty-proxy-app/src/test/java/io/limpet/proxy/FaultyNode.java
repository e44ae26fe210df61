package io.limpet.proxy;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Route;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * A node that answers well until it is told how to treat the next request, and counts the requests that began to arrive
 * and those that it has to the last byte.
 */
final class FaultyNode implements AutoCloseable {

    /** An application that is always there. */
    static final String OTHER = "/desk";

    private static final String STATUS = "/limpet/status HTTP/1.1\r\n";

    private static final String LOST =
            "HTTP/1.1 421 Misdirected Request\r\nLimpet-Session: lost\r\nContent-Length: 0\r\n\r\n";

    private final String name;
    private volatile String status;
    private final Optional<SSLContext> tls;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final List<Socket> plugs = new CopyOnWriteArrayList<>();
    private final AtomicReference<NodeFault> next = new AtomicReference<>(NodeFault.NONE);
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger whole = new AtomicInteger();
    private final Thread acceptor;
    private volatile boolean accepting = true;

    /** @param state what it says of itself when it is probed */
    FaultyNode(String name, String state) {
        this(name, state, Optional.empty());
    }

    /** @param tls what it speaks, if not in the clear */
    FaultyNode(String name, String state, Optional<SSLContext> tls) {
        this.name = name;
        this.status = "{\"node\":\"" + name + "\",\"state\":\"" + state + "\"}";
        this.tls = tls;
        try {
            // the shortest queue there is, so that it can be filled
            this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.acceptor = daemon(this::accept);
    }

    Node node() {
        return node(Node.NORMAL);
    }

    /** The same, which is given so much beside others. */
    Node node(int weight) {
        String scheme = tls.isPresent() ? "https" : "http";
        URI uri = URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
        return new Node(new Route(name), uri, Tagging.LIMPET, weight);
    }

    /** From here on its status tells that it has these applications; to be said before it is probed. */
    FaultyNode telling(String... contexts) {
        status = Arrays.stream(contexts)
                .map(context -> "{\"context\":\"" + context + "\",\"sessions\":0,\"seq\":1}")
                .collect(Collectors.joining(
                        ",", "{\"node\":\"" + name + "\",\"state\":\"ready\",\"applications\":[", "]}"));
        return this;
    }

    /** Every connection ends without a word; once none is open the other side's system knows. */
    void resetConnections() throws IOException {
        for (Socket connection : connections) {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    /** How the next request fares, and only that one. */
    void treatNext(NodeFault fault) {
        next.set(fault);
    }

    int probes() {
        return probes.get();
    }

    /** Requests of which at least a byte has come. */
    int begun() {
        return begun.get();
    }

    /** Requests that have come to the last byte: what an application would have executed. */
    int whole() {
        return whole.get();
    }

    int openConnections() {
        return connections.size();
    }

    /** From here on nobody listens, and nobody else gets the port. */
    void refuse() throws IOException, InterruptedException {
        server.close();
        // the system goes on listening for as long as a thread waits in accept
        acceptor.join(10_000);
        Socket keeper = new Socket();
        plugs.add(keeper);
        keeper.setReuseAddress(true);
        keeper.bind(server.getLocalSocketAddress());
    }

    /** From here on a connect gets no answer: the queue of connections is full, and nobody takes any. */
    void ignoreConnects() throws IOException, InterruptedException {
        accepting = false;
        for (int i = 0; i < 16; i++) {
            Socket plug = new Socket();
            plugs.add(plug);
            try {
                plug.connect(server.getLocalSocketAddress(), 100);
                // it may still take the first one, and there would be room again
                acceptor.join(10_000);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new AssertionError("the queue of " + name + " does not fill");
    }

    @Override
    public void close() {
        accepting = false;
        List<Closeable> all = new ArrayList<>(connections);
        all.addAll(plugs);
        all.add(server);
        for (Closeable socket : all) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void accept() {
        while (accepting) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                var unused = daemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            if (next.get() == NodeFault.RESET_IN_HANDSHAKE
                    && connection.getInputStream().read() >= 0) {
                reset(connection);
                return;
            }
            Socket spoken = tls.isEmpty() ? connection : overTls(connection, tls.get());
            InputStream in = new BufferedInputStream(spoken.getInputStream());
            boolean open = true;
            while (open) {
                open = serveNext(spoken, in);
            }
        } catch (IOException e) {
            // the proxy is gone, or the test has closed the node
        } finally {
            connections.remove(connection);
        }
    }

    private static Socket overTls(Socket connection, SSLContext context) throws IOException {
        InputStream readAhead = InputStream.nullInputStream();
        return context.getSocketFactory().createSocket(connection, readAhead, true);
    }

    private boolean serveNext(Socket connection, InputStream in) throws IOException {
        in.mark(1);
        if (in.read() < 0) {
            return false;
        }
        in.reset();
        NodeFault fault = next.get();
        if (fault == NodeFault.RESET_ON_ARRIVAL) {
            begun.incrementAndGet();
            return reset(connection);
        }
        String head = SocketNode.readUntil(in, "\r\n\r\n");
        int end = head.indexOf(STATUS);
        if (end >= 0) {
            String context = head.substring("GET ".length(), end);
            boolean there = context.isEmpty() || status.contains("\"context\":\"" + context + "\"");
            String told = there ? status : "";
            // it says so, lest the proxy keep it for the next request, which would meet its end
            SocketNode.write(
                    connection,
                    "HTTP/1.1 " + (there ? "200 OK" : "404 Not Found") + "\r\nConnection: close\r\nContent-Length: "
                            + told.length() + "\r\n\r\n" + told);
            probes.incrementAndGet();
            return false;
        }
        begun.incrementAndGet();
        if (fault == NodeFault.RESET_IN_REQUEST) {
            in.readNBytes(4);
            return reset(connection);
        }
        if (head.contains("\r\nContent-Length: 10\r\n")) {
            in.readNBytes(10);
        } else if (head.contains("\r\nTransfer-Encoding: chunked\r\n")) {
            SocketNode.readUntil(in, "0\r\n\r\n");
        }
        whole.incrementAndGet();
        return answer(head, connection);
    }

    private boolean answer(String head, Socket connection) throws IOException {
        boolean upgrades = head.contains("\r\nUpgrade: ");
        String named = "Node: " + name + "\r\n";
        String content = "Content-Length: 10\r\n\r\n" + (head.startsWith("HEAD ") ? "" : "from " + name + "...");
        String well = upgrades
                ? "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n" + named + "\r\n"
                : "HTTP/1.1 200 OK\r\n" + named + content;
        switch (next.getAndSet(NodeFault.NONE)) {
            case RESET_BEHIND_REQUEST -> reset(connection);
            case SILENCE -> ClosedSockets.awaitEnd(connection);
            case END_IN_HEAD -> SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Le");
            case END_IN_BODY -> SocketNode.write(connection, upgrades ? well : well.substring(0, well.length() - 5));
            case STATUS_500 -> SocketNode.write(connection, "HTTP/1.1 500 Broken\r\n" + named + content);
            case STATUS_503 -> SocketNode.write(connection, "HTTP/1.1 503 Busy\r\n" + named + content);
            case APPLICATION_GONE -> {
                var unused = telling(OTHER);
                whole.decrementAndGet(); // by no application
                SocketNode.write(connection, "HTTP/1.1 404 Not Found\r\n" + named + content);
            }
            case SESSION_LOST -> {
                boolean asked = head.contains("\r\nLimpet-Route: owner;leaving\r\n");
                SocketNode.write(connection, asked ? LOST : well);
                return asked || !upgrades;
            }
            case END_BEHIND_ANSWER -> SocketNode.write(connection, well);
            case NONE, RESET_IN_HANDSHAKE, RESET_ON_ARRIVAL, RESET_IN_REQUEST -> {
                SocketNode.write(connection, well);
                return !upgrades;
            }
        }
        return false;
    }

    private boolean reset(Socket connection) throws IOException {
        next.set(NodeFault.NONE);
        connection.setSoLinger(true, 0);
        connection.close();
        return false;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "faulty-node");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
