package io.limpet.proxy.attack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Hands every byte on as it came: a proxy that refuses nothing, to show that the oracle sees what it is there for. */
public final class NaiveRelay implements AutoCloseable {

    private final ServerSocket server;
    private final int origin;

    private NaiveRelay(int origin) throws IOException {
        this.origin = origin;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    /** Starts one before the origin at this port of this machine. */
    public static NaiveRelay before(int origin) {
        try {
            return new NaiveRelay(origin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), origin);
                daemon(() -> pump(client, upstream));
                daemon(() -> pump(upstream, client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of them is gone, and the other is closed for it
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "naive-relay");
        thread.setDaemon(true);
        thread.start();
    }
}
