package io.limpet.proxy;

import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.WrongSettingsException;
import io.limpet.proxy.node.HealthCheck;
import io.limpet.proxy.node.NodeHealth;
import io.limpet.proxy.node.Nodes;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;

/**
 * The reverse proxy as a servlet: keeps every session on its node, and moves it to another when that node is gone.
 *
 * <p>It runs in {@code limpet-proxy.jar} and in any Jetty 12.1 with ee10, mapped to {@code /*} of the root context with
 * {@code async-supported}. Its init parameters are the settings of the file under their dotted names, {@code nodes} as
 * {@code n1=http://127.0.0.1:8081, n2=http://127.0.0.1:8082}.
 *
 * <p>Of the parent it uses the life cycle. Bodies, header fields and failures take their own way here: the parent
 * re-joins header values, holds back events, and has read the body when a connection fails.
 */
public class LimpetProxyServlet extends AsyncProxyServlet {

    private static final long serialVersionUID = 1L;

    private transient @Nullable ProxySettings settings;
    private transient @Nullable Rules rules;
    private transient @Nullable ScheduledExecutorService scheduler;

    /** A proxy that reads its settings from its init parameters. */
    public LimpetProxyServlet() {}

    /** A proxy with these settings. */
    public LimpetProxyServlet(ProxySettings settings) {
        this.settings = settings;
    }

    @Override
    protected void service(HttpServletRequest servletRequest, HttpServletResponse servletResponse) {
        ClientSide client = ClientSide.begin(servletRequest, servletResponse);
        Optional<ErrorPage> refusal = Refusal.of(client.request());
        if (refusal.isPresent()) {
            client.answer(refusal.get());
            return;
        }
        Rules shared = rules();
        ClientSession session = ClientSession.of(client.request(), shared.names());
        new Forwarding(shared, client, session).next();
    }

    /** @throws ServletException when the init parameters are wrong; the message has every mistake */
    @Override
    public void init() throws ServletException {
        try {
            settings = settings == null ? InitParameters.read(getServletConfig()) : settings;
        } catch (WrongSettingsException e) {
            throw new ServletException(e.getMessage(), e);
        }
        // starts the HTTP client
        super.init();
        NodeHealth health = new NodeHealth(settings.nodes(), settings.health().thresholds());
        rules = Rules.of(settings, health, getHttpClient());
        scheduler = Executors.newSingleThreadScheduledExecutor(LimpetProxyServlet::healthThread);
        new HealthCheck(health, new StatusProber(getHttpClient(), settings.health(), settings.secrets()))
                .start(scheduler, settings.health().interval());
    }

    /** The parent's would join header values, give up after a minute and have 401 answered from a password store. */
    @Override
    protected HttpClient createHttpClient() throws ServletException {
        ServletContextHandler context = ServletContextHandler.getServletContextHandler(getServletContext());
        if (settings == null || context == null) {
            throw new IllegalStateException("init() has read the settings, in a Jetty server");
        }
        try {
            return NodeClient.start(context.getServer(), settings.timeouts());
        } catch (Exception e) {
            throw new ServletException("the HTTP client for the nodes cannot start: " + e.getMessage(), e);
        }
    }

    @Override
    public void destroy() {
        if (scheduler != null) {
            scheduler.shutdownNow();
        }
        super.destroy();
    }

    /** The nodes as they stand now. */
    Nodes nodes() {
        return rules().health().nodes();
    }

    private Rules rules() {
        if (rules == null) {
            throw new IllegalStateException("init() comes before the first request");
        }
        return rules;
    }

    private static Thread healthThread(Runnable task) {
        Thread thread = new Thread(task, "limpet-health");
        thread.setDaemon(true);
        return thread;
    }
}
