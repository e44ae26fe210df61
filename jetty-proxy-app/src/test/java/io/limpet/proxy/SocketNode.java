package io.limpet.proxy;

import io.limpet.proxy.node.Node;
import io.limpet.route.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/**
 * A node whose script has the bare connection from the end of a request's head: it decides itself what it reads, when it
 * answers, and whether that is HTTP. Health probes are answered well and not recorded.
 */
final class SocketNode implements AutoCloseable {

    /** What the node does behind a head. */
    interface Script {
        /** Returns when the next head may come; closes the connection when none may. */
        void serve(String head, Socket connection) throws IOException;
    }

    private final String name;
    private final ServerSocket server;
    private final Script script;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private SocketNode(String name, ServerSocket server, Script script) {
        this.name = name;
        this.script = script;
        this.server = server;
        daemon(this::accept);
    }

    static SocketNode start(String name, Script script) {
        try {
            return new SocketNode(name, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same on a socket of the test's own, which may speak TLS. */
    static SocketNode on(ServerSocket server, String name, Script script) {
        return new SocketNode(name, server, script);
    }

    /** A node that answers every request in this way, and does not read bodies. */
    static SocketNode answering(String answer) {
        return start("n1", (head, connection) -> write(connection, answer));
    }

    /** A node that answers every request with its name alone, see {@link RawResponse#servedBy()}. */
    static SocketNode named(String name) {
        return start(
                name,
                (head, connection) ->
                        write(connection, "HTTP/1.1 200 OK\r\nServed-By: " + name + "\r\nContent-Length: 0\r\n\r\n"));
    }

    /** A node whose application tells its state at this path, and answers all else with the node's name. */
    static SocketNode telling(String name, String statusPath, String status) {
        return start(name, (head, connection) -> {
            boolean asked = head.startsWith("GET " + statusPath + " ");
            write(
                    connection,
                    "HTTP/1.1 200 OK\r\nServed-By: " + name + "\r\nContent-Length: "
                            + (asked ? status.length() + "\r\n\r\n" + status : "0\r\n\r\n"));
        });
    }

    /** Node n1, which echoes on upgraded connections, and answers other requests with this body once it may. */
    static SocketNode holding(CountDownLatch mayAnswer, String body) {
        return start("n1", (head, connection) -> {
            if (head.contains("Upgrade: ")) {
                write(connection, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\n");
                connection.getInputStream().transferTo(connection.getOutputStream());
                return;
            }
            try {
                mayAnswer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
    }

    /** Node n1, which says this and no more until the other side has gone, and tells both. */
    static SocketNode waitingBehind(String said, Semaphore arrived, Semaphore told) {
        return start("n1", (head, connection) -> {
            write(connection, said);
            arrived.release();
            ClosedSockets.awaitEnd(connection);
            told.release();
            connection.close();
        });
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    /** Everything up to this text, and nothing behind it; what there was when the stream ends before. */
    static String readUntil(InputStream in, String end) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        byte[] last = end.getBytes(StandardCharsets.ISO_8859_1);
        int matched = 0;
        while (matched < last.length) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            text.write(next);
            matched = (byte) next == last[matched] ? matched + 1 : (byte) next == last[0] ? 1 : 0;
        }
        return text.toString(StandardCharsets.ISO_8859_1);
    }

    Node node() {
        return new Node(new Route(name), URI.create("http://127.0.0.1:" + server.getLocalPort()));
    }

    /** The heads of all requests, in the order in which they came. */
    List<String> heads() {
        return heads;
    }

    /** The connections that are open at this moment. */
    int openConnections() {
        return connections.size();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            while (!connection.isClosed()) {
                String head = readUntil(connection.getInputStream(), "\r\n\r\n");
                if (!head.endsWith("\r\n\r\n")) {
                    return;
                }
                if (head.startsWith("GET /limpet/status ")) {
                    String status = "{\"node\":\"" + name + "\",\"state\":\"ready\"}";
                    write(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + status.length() + "\r\n\r\n" + status);
                    continue;
                }
                heads.add(head);
                script.serve(head, connection);
            }
        } catch (IOException e) {
            // the proxy is gone, or the test has closed the node
        } finally {
            connections.remove(connection);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "socket-node");
        thread.setDaemon(true);
        thread.start();
    }
}
