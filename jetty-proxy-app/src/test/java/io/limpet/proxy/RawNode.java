package io.limpet.proxy;

import io.limpet.proxy.node.Node;
import io.limpet.route.Route;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/**
 * A node over a bare socket: it shows what the proxy sent, byte for byte, and can misbehave in every way. Health probes
 * are answered well and not recorded.
 */
final class RawNode implements AutoCloseable {

    private static final Queue<Socket> KEEPERS = new ConcurrentLinkedQueue<>();

    /** What the node does with one request. */
    interface Script {
        /** Writes to the connection; {@code false} closes it afterwards. */
        boolean answer(RawRequest request, OutputStream out) throws IOException;
    }

    private final String name;
    private final ServerSocket server;
    private final List<RawRequest> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Script script;
    private volatile boolean refusesBodies;

    private RawNode(String name, int port, Script script) throws IOException {
        this.name = name;
        this.script = script;
        this.server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept).start();
    }

    static RawNode start(String name, Script script) {
        return startAt(0, name, script);
    }

    private static RawNode startAt(int port, String name, Script script) {
        try {
            return new RawNode(name, port, script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A node that answers 200 with these further header lines and its own name as the body. */
    static RawNode answering(String name, String... headerLines) {
        return startAt(0, name, headerLines);
    }

    /** The same on a port of the test's choice. */
    static RawNode startAt(int port, String name, String... headerLines) {
        return startAt(port, name, (request, out) -> {
            String lines = headerLines.length == 0 ? "" : String.join("\r\n", headerLines) + "\r\n";
            write(out, "HTTP/1.1 200 OK\r\n" + lines + "Content-Length: " + name.length() + "\r\n\r\n" + name);
            return true;
        });
    }

    /** A node at an address where nobody listens. */
    static Node nobodyAt(String name) {
        try {
            Socket keeper = new Socket();
            // bound and not listening, until these tests end: nobody else gets the port, and a connect is refused
            keeper.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            KEEPERS.add(keeper);
            return node(name, keeper.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    Node node() {
        return node(name, server.getLocalPort());
    }

    private static Node node(String name, int port) {
        return new Node(new Route(name), URI.create("http://127.0.0.1:" + port));
    }

    /** From now on the node answers 413 to a request with a body, without reading it. */
    void refuseBodies() {
        refusesBodies = true;
    }

    List<RawRequest> requests() {
        return requests;
    }

    RawRequest onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError("node " + name + " got " + requests);
        }
        return requests.get(0);
    }

    /** Closes every connection, as a node does with idle ones, and goes on listening. */
    void closeConnections() {
        connections.forEach(RawNode::reset);
        awaitClosed();
    }

    /** What a kill -9 looks like from outside: the port is closed and every connection reset. */
    void kill() {
        close();
        awaitClosed();
    }

    /**
     * A socket is only closed when the thread that reads it has let go of it, and on a busy machine the other end hears of
     * it a little later still.
     */
    private void awaitClosed() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> connections.isEmpty() && !isConnectedTo(server.getLocalPort()));
    }

    /** Whether somebody on this machine has an open connection to the port; false where the system does not tell. */
    private static boolean isConnectedTo(int port) throws IOException {
        Pattern established = Pattern.compile(String.format("^ *\\d+: \\S+ \\w+:%04X 01 .*", port));
        return ClosedSockets.isListed(established);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        connections.forEach(RawNode::reset);
    }

    private static void reset(Socket connection) {
        try (connection) {
            connection.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                if (server.isClosed()) {
                    // taken from the queue while the node was killed
                    reset(connection);
                }
                daemon(() -> serve(connection)).start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            boolean open = true;
            while (open) {
                open = serveNext(in, connection.getOutputStream());
            }
        } catch (IOException e) {
            // the other side is gone, or the test closed this one
        } finally {
            connections.remove(connection);
        }
    }

    private boolean serveNext(InputStream in, OutputStream out) throws IOException {
        String head = readHead(in);
        if (head.isEmpty()) {
            return false;
        }
        if (head.startsWith("GET /limpet/status ")) {
            String status = "{\"node\":\"" + name + "\",\"state\":\"ready\"}";
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);
            return true;
        }
        if (refusesBodies && head.contains("\r\nContent-Length: ")) {
            write(out, "HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            return false;
        }
        if (head.contains("\r\nExpect: 100-continue\r\n")) {
            write(out, "HTTP/1.1 100 Continue\r\n\r\n");
        }
        RawRequest request = RawRequest.of(head, readBody(head, in));
        requests.add(request);
        return script.answer(request, out);
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String readBody(String head, InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String line : head.lines().toList()) {
            if (line.startsWith("Content-Length: ")) {
                body.write(in.readNBytes(Integer.parseInt(line.substring(16))));
            }
            if (line.equals("Transfer-Encoding: chunked")) {
                for (int size = readChunkSize(in); size > 0; size = readChunkSize(in)) {
                    body.write(in.readNBytes(size));
                    in.readNBytes(2);
                }
                in.readNBytes(2);
            }
        }
        return body.toString(StandardCharsets.ISO_8859_1);
    }

    private static int readChunkSize(InputStream in) throws IOException {
        StringBuilder size = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("in a chunk's size");
            }
            size.append((char) next);
        }
        return Integer.parseInt(size.toString().strip(), 16);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-node");
        thread.setDaemon(true);
        return thread;
    }
}
