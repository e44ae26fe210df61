package io.limpet.proxy.attack;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An origin over bare sockets that reads strictly what reaches it, keeps it, and answers each request with its number.
 *
 * <p>A request is kept as soon as its head is there, as applications see it then. What is no request ends the
 * connection, and is kept too.
 */
public final class RecordingOrigin implements AutoCloseable {

    /** The field in an answer that has the number of the request it answers. */
    static final String NUMBER = "X-Arrival";

    private final ServerSocket server;
    private final List<Seen> arrivals = new ArrayList<>();
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    private RecordingOrigin() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Starts one at a free port. */
    public static RecordingOrigin start() {
        try {
            return new RecordingOrigin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** How many requests have come, of each at least the head. */
    public int count() {
        synchronized (arrivals) {
            return arrivals.size();
        }
    }

    /** The requests from this number on, as far as they have come. */
    public List<Seen> since(int number) {
        synchronized (arrivals) {
            return List.copyOf(arrivals.subList(number, arrivals.size()));
        }
    }

    private int add(Seen seen) {
        synchronized (arrivals) {
            arrivals.add(seen);
            return arrivals.size() - 1;
        }
    }

    private void become(int number, Seen seen) {
        synchronized (arrivals) {
            arrivals.set(number, seen);
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
            StrictReader reader = StrictReader.ofOrigin(new BufferedInputStream(connection.getInputStream()));
            while (serveNext(reader, connection.getOutputStream())) {
                // on to the next request
            }
        } catch (IOException e) {
            // the other side is gone; what has come is kept
        } finally {
            connections.remove(connection);
        }
    }

    private boolean serveNext(StrictReader reader, OutputStream out) throws IOException {
        Head head;
        try {
            Optional<Head> next = reader.head();
            if (next.isEmpty()) {
                return false;
            }
            head = next.get();
        } catch (MalformedMessageException e) {
            add(new Seen(Seen.State.MALFORMED, Optional.empty(), Body.NONE, String.valueOf(e.getMessage())));
            return false;
        }
        int number = add(Seen.truncated(Optional.of(head)));
        try {
            if (head.tokens("expect").contains("100-continue")) {
                write(out, "HTTP/1.1 100 Continue\r\n\r\n");
            }
            Body body = reader.body(head);
            become(number, new Seen(Seen.State.COMPLETE, Optional.of(head), body, ""));
        } catch (MalformedMessageException e) {
            String why = String.valueOf(e.getMessage());
            become(number, new Seen(Seen.State.MALFORMED, Optional.of(head), Body.NONE, why));
            return false;
        }
        String content = head.method().equals("HEAD") ? "" : "seen";
        write(out, "HTTP/1.1 200 OK\r\n" + NUMBER + ": " + number + "\r\nContent-Length: 4\r\n\r\n" + content);
        return true;
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
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

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "recording-origin");
        thread.setDaemon(true);
        thread.start();
    }
}
