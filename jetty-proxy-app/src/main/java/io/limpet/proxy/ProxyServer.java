package io.limpet.proxy;

import io.limpet.proxy.config.Lane;
import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.listen.Listeners;
import io.limpet.proxy.loop.LoopThreads;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.TakeoverLine;
import io.limpet.proxy.relay.RelayConnections;
import io.limpet.proxy.reload.FileWatch;
import io.limpet.proxy.reload.HangUp;
import io.limpet.proxy.reload.Reload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jetty server with the proxy servlet and nothing else in it. */
final class ProxyServer {

    private static final int MAX_THREADS = 200;

    /** A response's head gets a little longer here: routes, a date. */
    private static final int OUR_FIELDS = 4 * 1024;

    /** Twice Jetty's: long bodies take half the system calls; a connection on which nothing is under way has none. */
    private static final int CLIENT_BUFFER = 16 * 1024;

    /** From one look at the settings' file to the next. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** No start takes longer than this, but one that fails. */
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);

    private final Server server;
    private final Listeners listeners;
    private final LimpetProxyServlet servlet;
    private final Operations operations;
    private final String description;
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile Runnable watching = () -> {};
    private volatile Runnable unwatched = () -> {};

    ProxyServer(ProxySettings settings) {
        this(settings, List.of());
    }

    /** A server whose requests are written down by these, too. */
    ProxyServer(ProxySettings settings, List<Journal> journals) {
        server = new Server(new LoopThreads(MAX_THREADS));
        operations = new Operations(settings.operating(), journals);
        servlet = new LimpetProxyServlet(settings, operations.journal(), operations.tracing());
        List<RelayConnections> lanes = new ArrayList<>();
        listeners = Listeners.of(server, http(settings), lane(settings, servlet, lanes::add), settings);
        ClientLimits.apply(settings.limits(), server, listeners.connectors());
        ServletContextHandler context = context(servlet);
        // the context has started before the connectors do
        context.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStarted(LifeCycle started) {
                lanes.forEach(lane -> servlet.patrol(lane::pass));
                operations.share(servlet.states());
            }
        });
        server.setHandler(context);
        server.setErrorHandler(new ErrorPages());
        description =
                settings.nodes().stream().map(node -> node + "=" + node.uri()).collect(Collectors.joining(", "));
    }

    private static Function<HttpConnectionFactory, ConnectionFactory> lane(
            ProxySettings settings, LimpetProxyServlet servlet, Consumer<RelayConnections> made) {
        if (settings.inbound().lane() == Lane.SERVLET) {
            return factory -> factory;
        }
        return factory -> {
            RelayConnections fast =
                    new RelayConnections(factory, settings.limits().fields(), servlet::serve);
            made.accept(fast);
            return fast;
        };
    }

    private static HttpConfiguration http(ProxySettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Jetty's own choice lets bare line feeds end lines; whoever stands before this proxy may see one line there
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setHeaderCacheCaseSensitive(true);
        ClientLimits.apply(settings.limits(), http);
        // to look a field up there costs more than to read it: a sixth of the proxy's CPU
        http.setHeaderCacheSize(0);
        http.setInputBufferSize(CLIENT_BUFFER);
        http.setMaxResponseHeaderSize(settings.limits().head() + OUR_FIELDS);
        return http;
    }

    private static ServletContextHandler context(LimpetProxyServlet proxy) {
        ServletContextHandler context = new ServletContextHandler(ServletContextHandler.NO_SESSIONS) {
            @Override
            public InvocationType getInvocationType() {
                return InvocationType.NON_BLOCKING; // there is but one servlet in it, and that one never blocks
            }
        };
        context.setErrorHandler(new ErrorPages());
        ServletHolder servlet = new ServletHolder("limpet", proxy);
        servlet.setAsyncSupported(true);
        context.addServlet(servlet, "/*");
        return context;
    }

    /**
     * Starts to listen.
     *
     * @throws java.io.IOException when the address cannot be bound
     * @throws Exception when Jetty cannot start for another reason
     */
    void start() throws Exception {
        server.start();
        operations.start(servlet, server.getThreadPool());
        started.countDown();
        watching.run();
        LOG.info("limpet-proxy listens on {}, nodes: {}", listeners, description);
    }

    /** Where the server listens, with the port that it got when the settings leave it open. */
    ListenAddress address() {
        return listeners.address();
    }

    /** The same for TLS; empty when it does not speak it. */
    Optional<ListenAddress> tlsAddress() {
        return listeners.tlsAddress();
    }

    /** The operators' listener; empty when there is none. */
    Optional<ListenAddress> adminAddress() {
        return operations.adminAddress();
    }

    /** The nodes as they stand now. */
    Nodes nodes() {
        return servlet.nodes();
    }

    /** The nodes' states, for those who change them. */
    NodeStates states() {
        return servlet.states();
    }

    /** How many requests wait for a connection to this node. */
    int queued(Node node) {
        return servlet.queued(node);
    }

    /** The requests that wait for another node. */
    TakeoverLine takeovers() {
        return servlet.takeovers();
    }

    /** Requests that come from now on see these settings, as far as a running proxy can change. */
    void apply(ProxySettings changed) {
        servlet.apply(changed);
        operations.apply(changed.operating(), servlet.states());
    }

    /**
     * Reads the settings again on SIGHUP, when an operator asks for it, and when their file has changed; to be called
     * before the start, as a SIGHUP that nobody awaits ends the process. One that comes before the start is over waits for
     * that.
     *
     * @param file where they are, as it was before they were read; empty when they are in none
     */
    void follow(Reload reload, Optional<FileWatch> file) {
        operations.reloadBy(reload);
        HangUp.runs(() -> reloadWhenStarted(reload));
        file.ifPresent(it -> {
            watching = () -> it.start(LOOK, reload::run);
            unwatched = it::stop;
        });
    }

    private void reloadWhenStarted(Reload reload) {
        try {
            if (started.await(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                reload.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the server is stopped. */
    void join() throws InterruptedException {
        server.join();
    }

    /** @throws Exception when Jetty cannot stop in order */
    void stop() throws Exception {
        unwatched.run();
        operations.stop();
        server.stop();
    }
}
