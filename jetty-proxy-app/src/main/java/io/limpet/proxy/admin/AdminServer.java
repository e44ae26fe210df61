package io.limpet.proxy.admin;

import io.limpet.proxy.config.ListenAddress;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The operators' own listener, with threads of its own: it answers when the proxy is flooded, and nothing that comes to
 * the proxy's port comes here.
 */
public final class AdminServer {

    private static final int THREADS = 12;
    private static final long IDLE_MILLIS = 30_000;

    private final Server server;
    private final ServerConnector connector;
    private final Live live;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "limpet-admin-clock");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * A server that is not started.
     *
     * @param token who knows it may change things; empty: nobody may
     */
    public AdminServer(ListenAddress address, Optional<String> token, Operated operated) {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
        threads.setName("limpet-admin");
        threads.setReservedThreads(0);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(connector);
        live = new Live(operated);
        server.setHandler(new AdminHandler(new Guard(address.host(), token), operated, live));
    }

    /**
     * Starts to listen.
     *
     * @throws java.io.IOException when the address cannot be bound
     * @throws Exception when Jetty cannot start for another reason
     */
    public void start() throws Exception {
        server.start();
        var unused = clock.scheduleAtFixedRate(live::look, 0, 1, TimeUnit.SECONDS);
    }

    /** Where it listens, with the port that it got when the settings leave it open. */
    public ListenAddress address() {
        return new ListenAddress(connector.getHost(), connector.getLocalPort());
    }

    /**
     * Ends every connection.
     *
     * @throws Exception when Jetty cannot stop in order
     */
    public void stop() throws Exception {
        clock.shutdownNow();
        live.streams().close();
        server.stop();
    }
}
