package io.limpet.filter;

import io.limpet.failover.Failover;
import io.limpet.route.RequestSeal;
import io.limpet.route.Route;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a node says of itself at {@code GET <context>/limpet/status}, the proxy's health check, so that a node needs no
 * port of its own for it; and to JMX. Safe for use by any number of threads.
 */
final class NodeStatus implements NodeMXBean {

    /** Behind the context path. */
    static final String PATH = "/limpet/status";

    private static final String BUILD = build();

    private final Route node;
    private final PrivatePage page;
    private final Failover failover;
    private final LiveSessions sessions;
    private final NodeApplications applications;
    private final LongAdder arrived = new LongAdder();
    private final LongAdder over = new LongAdder();
    private final AtomicLong adopted = new AtomicLong();
    private final Draining draining;
    private final long began = System.nanoTime();

    /**
     * The status of a node.
     *
     * @param secrets with any, only requests sealed with one of them are answered
     * @param sessions the live sessions of the context
     */
    NodeStatus(Route node, ActiveSecrets secrets, Failover failover, LiveSessions sessions) {
        this.node = node;
        this.page = new PrivatePage(PATH, secrets);
        this.failover = failover;
        this.sessions = sessions;
        OtherBeans others = new OtherBeans(node.name(), sessions.context());
        this.applications = new NodeApplications(this, sessions.context(), others);
        this.draining = new Draining(arrived::sum, new OtherDrains(others), this::isEmpty);
    }

    /** Answers the request when it asks for the status. */
    boolean answers(HttpServletRequest request, String lastPart, HttpServletResponse response) throws IOException {
        if (!page.isAskedFor(request, lastPart)) {
            return false;
        }
        if (!page.mayRead(request)) {
            if (page.isSealTried(request)) {
                // or a proxy with another secret would take every application for undeployed
                response.setHeader(RequestSeal.ANSWER, RequestSeal.REFUSED);
            }
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return true;
        }
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return true;
        }
        draining.told(); // before it is written: a drain that begins meanwhile may not be in it
        write(response);
        return true;
    }

    /** As the whole response. */
    void write(HttpServletResponse response) throws IOException {
        byte[] json = json().getBytes(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }

    private String json() {
        // by hand: a few names and numbers are not worth a dependency of every application
        return String.format(
                Locale.ROOT,
                "{\"node\":\"%s\",\"state\":\"%s\",\"sessions\":%d,\"inFlight\":%d,\"failover\":\"%s\",\"adopted\":%d,\"changedWithoutSet\":%d,\"upSeconds\":%d,\"build\":\"%s\",\"applications\":%s}",
                getNode(),
                getState(),
                getSessions(),
                getInFlight(),
                getFailover(),
                getAdopted(),
                getChangedWithoutSet(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began),
                getBuild(),
                applications.json());
    }

    @Override
    public String getNode() {
        return node.name();
    }

    @Override
    public String getState() {
        return draining.isOfNode() ? "draining" : "ready";
    }

    @Override
    public boolean isToldToDrain() {
        return draining.isBegun();
    }

    @Override
    public long getArrived() {
        return arrived.sum();
    }

    @Override
    public long getNanosSinceAsked() {
        return draining.nanosSinceTold();
    }

    @Override
    public long getSessions() {
        return sessions.now().live();
    }

    @Override
    public long getSequence() {
        return sessions.now().sequence();
    }

    @Override
    public long getInFlight() {
        long ended = over.sum(); // first, or one that arrives and ends meanwhile would count for one that is under way
        return arrived.sum() - ended;
    }

    @Override
    public String getFailover() {
        return failover.state().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public long getAdopted() {
        return adopted.get();
    }

    @Override
    public void drain() {
        draining.begin("JMX says so");
    }

    @Override
    public void ready() {
        draining.end();
    }

    /** The live sessions of the application. */
    LiveSessions sessions() {
        return sessions;
    }

    /** Whether this node is being emptied. */
    Draining draining() {
        return draining;
    }

    /** Nothing is under way on this node, and nothing is here alone. */
    private boolean isEmpty() {
        return getInFlight() == 0 && applications.areEmpty();
    }

    void sessionAdopted() {
        adopted.incrementAndGet();
    }

    @Override
    public long getChangedWithoutSet() {
        return failover.changesWithoutSet();
    }

    @Override
    public String getBuild() {
        return BUILD;
    }

    void requestStarted() {
        arrived.increment();
    }

    /**
     * An asynchronous request is over when it is completed, not when its first thread returns.
     *
     * @param exchange told when it is
     */
    void requestReturned(HttpServletRequest request, Exchange exchange) {
        if (!request.isAsyncStarted()) {
            isOver(exchange);
            return;
        }
        Completion completion = new Completion(exchange);
        try {
            request.getAsyncContext().addListener(completion);
        } catch (IllegalStateException e) {
            completion.done(); // completed by another thread meanwhile
        }
    }

    private void isOver(Exchange exchange) {
        over.increment();
        exchange.over();
    }

    private final class Completion implements AsyncListener {
        private final Exchange exchange;

        Completion(Exchange exchange) {
            this.exchange = exchange;
        }

        void done() {
            isOver(exchange);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            done();
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }
    }

    private static String build() {
        try (InputStream in = NodeStatus.class.getResourceAsStream("/META-INF/limpet-filter.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
