package io.limpet.proxy;

import io.limpet.proxy.config.PerNode;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.WrongSettingsException;
import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.machine.Departures;
import io.limpet.proxy.node.DrainRules;
import io.limpet.proxy.node.Explanation;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.NodeStates;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.TakeoverLine;
import io.limpet.proxy.relay.RelayedRequest;
import io.limpet.proxy.relay.RelayedResponse;
import io.limpet.proxy.trace.Tracing;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.proxy.upstream.UpstreamSettings;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * The reverse proxy as a servlet: keeps every session on its node, and moves it to another when that node is gone.
 *
 * <p>It runs in {@code limpet-proxy.jar} and in any Jetty 12.1 with ee10, mapped to {@code /*} of the root context with
 * {@code async-supported}; the server's {@code HttpCompliance} has to be {@code STRICT}. Its init parameters are the settings of the file under their dotted names, {@code nodes} as
 * {@code n1=http://127.0.0.1:8081, n2=http://127.0.0.1:8082}.
 *
 * <p>Of the parent it is the kind and nothing more: neither its HTTP client nor its copying, which re-join header
 * values, hold back events, and have read the body when a connection fails. {@link #getHttpClient()} is null.
 */
public class LimpetProxyServlet extends AsyncProxyServlet {

    private static final long serialVersionUID = 1L;

    /** How long a stopping proxy waits for those whose WebSockets it closes. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final transient Journal journal;
    private final transient Tracing tracing;
    private transient @Nullable ProxySettings settings;
    private transient @Nullable Upstream upstream;
    private transient volatile @Nullable Rules rules;
    private transient @Nullable Probing probing;
    private transient @Nullable NodeSource source;
    private transient @Nullable ScheduledExecutorService scheduler;
    private transient Runnable forgotten = () -> {};

    /** A proxy that reads its settings from its init parameters. */
    public LimpetProxyServlet() {
        this(Journal.NONE);
    }

    /** The same, whose requests are written down. */
    LimpetProxyServlet(Journal journal) {
        this.journal = journal;
        this.tracing = Tracing.OFF;
    }

    /** A proxy with these settings. */
    public LimpetProxyServlet(ProxySettings settings) {
        this(settings, Journal.NONE, Tracing.OFF);
    }

    /** A proxy with these settings whose requests are written down and traced. */
    LimpetProxyServlet(ProxySettings settings, Journal journal, Tracing tracing) {
        this.settings = settings;
        this.journal = journal;
        this.tracing = tracing;
    }

    @Override
    protected void service(HttpServletRequest servletRequest, HttpServletResponse servletResponse) {
        serve(ClientSide.begin(servletRequest, servletResponse, journal, tracing));
    }

    /** The same for a request of the fast lane. */
    void serve(RelayedRequest request, RelayedResponse response) {
        serve(ClientSide.begin(request, response, journal, tracing));
    }

    private void serve(ClientSide client) {
        Optional<ErrorPage> refusal = Refusal.of(client.request());
        if (refusal.isPresent()) {
            client.answer(refusal.get());
            return;
        }
        Rules shared = rules();
        ClientSession session = ClientSession.of(client.request(), shared.names(), shared.wishes());
        new Forwarding(shared, client, session).begin();
    }

    /**
     * @throws ServletException when the init parameters are wrong, or the server around reads requests in more ways than
     *     one, or writes no heads as long as they may be; the message has every mistake
     */
    @Override
    public void init() throws ServletException {
        try {
            settings = settings == null ? InitParameters.read(getServletConfig()) : settings;
        } catch (WrongSettingsException e) {
            throw new ServletException(e.getMessage(), e);
        }
        Server server =
                StrictServer.around(getServletContext(), settings.limits().head());
        upstream = upstream(server, settings);
        NodeHealth health = new NodeHealth(settings.nodes(), settings.health().thresholds());
        NodeStates states = new NodeStates(
                health,
                DrainRules.of(
                        settings.operating().drainDeadline(), settings.health().path()),
                Clock.systemUTC());
        scheduler = Executors.newSingleThreadScheduledExecutor(LimpetProxyServlet::clockThread);
        Probing probes = new Probing(health, states, upstream, scheduler);
        probing = probes;
        Rules first = Rules.of(settings, health, states, upstream, probes::ask, new Departures(server.getThreadPool()));
        rules = first;
        first.patrol().add(first.tunnels());
        first.patrol().add(first.departures()::passed);
        endTunnelsBeforeConnections(server, first.tunnels());
        var unused =
                scheduler.scheduleWithFixedDelay(first.patrol(), Patrol.MILLIS, Patrol.MILLIS, TimeUnit.MILLISECONDS);
        probes.follow(settings);
        source = new NodeSource(settings, this::take);
        source.start(settings.discovery(), probes, health, states);
    }

    /** On the threads, the timer and the buffers of the server around. */
    private static Upstream upstream(Server server, ProxySettings checked) throws ServletException {
        PerNode perNode = checked.limits().perNode();
        Upstream starting = new Upstream(
                UpstreamSettings.of(
                                checked.timeouts().connect(),
                                checked.timeouts().idle(),
                                checked.limits().head())
                        .perNode(perNode.connections(), perNode.queued(), perNode.queueTime()),
                server.getThreadPool(),
                server.getScheduler(),
                server.getByteBufferPool());
        starting.trust(checked.nodesTrust());
        try {
            starting.start();
        } catch (Exception e) {
            throw new ServletException("the connections to the nodes cannot start: " + e.getMessage(), e);
        }
        return starting;
    }

    /** The server closes the connections of clients before it stops its servlets. */
    private void endTunnelsBeforeConnections(Server server, Tunnels tunnels) {
        LifeCycle.Listener farewell = new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopping(LifeCycle server) {
                tunnels.end(FAREWELL);
            }
        };
        server.addEventListener(farewell);
        forgotten = () -> {
            tunnels.end(FAREWELL);
            server.removeEventListener(farewell);
        };
    }

    @Override
    public void destroy() {
        forgotten.run();
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        if (source != null) {
            source.stop();
        }
        if (probing != null) {
            probing.end(); // or it would take all nodes for down, as their connections end
        }
        LifeCycle.stop(upstream);
    }

    /** Requests that come from now on see these settings; those under way go on with what they began with. */
    void apply(ProxySettings changed) {
        if (source != null) {
            source.list(changed);
        }
    }

    private synchronized void take(ProxySettings changed) {
        Rules before = rules();
        before.health().configure(changed.nodes(), changed.health().thresholds());
        rules = before.changedTo(changed);
        if (probing != null) {
            probing.follow(changed);
        }
        before.upstream().keepOnly(changed.nodes().stream().map(Node::uri).toList());
    }

    /** Is called at each round of the patrol, from now on. */
    void patrol(Patrol.Post post) {
        rules().patrol().add(post);
    }

    /** The nodes as they stand now. */
    Nodes nodes() {
        return rules().states().nodes();
    }

    /** The nodes' states, for those who watch and change them. */
    NodeStates states() {
        return rules().states();
    }

    /** Where a request with this session cookie would go now, and why. */
    Explanation explain(String session, String path) {
        Rules now = rules();
        Nodes nodes = now.states().nodes(path);
        return Explanation.of(
                session,
                now.routes(),
                nodes,
                now.chooser(),
                choice -> now.judge(choice, nodes, path),
                owner -> now.rebalance().isAbout(path) ? now.rebalance().better(owner, nodes) : Optional.empty());
    }

    /** The requests that wait for another node. */
    TakeoverLine takeovers() {
        return rules().takeovers().line();
    }

    /** How many requests wait for a connection to this node. */
    int queued(Node node) {
        return rules().upstream().queued(node.uri());
    }

    /** How many forged routes there were. */
    long forgedRoutes() {
        return rules().chooser().forged().count();
    }

    private Rules rules() {
        Rules now = rules;
        if (now == null) {
            throw new IllegalStateException("init() comes before the first request");
        }
        return now;
    }

    private static Thread clockThread(Runnable task) {
        Thread thread = new Thread(task, "limpet-clock");
        thread.setDaemon(true);
        return thread;
    }
}
