package io.limpet.filter;

import io.limpet.failover.Failover;
import io.limpet.route.RequestSeal;
import io.limpet.route.Route;
import io.limpet.route.Secret;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a node says of itself at {@code GET <context>/limpet/status}, the proxy's health check, so that a node needs no
 * port of its own for it; and to JMX. Safe for use by any number of threads.
 */
final class NodeStatus implements NodeMXBean {

    /** Behind the context path. */
    static final String PATH = "/limpet/status";

    /** Containers divide the path as the application maps its servlets. */
    private static final String END_OF_PATH = "/status";

    private static final String BUILD = build();

    private final Route node;
    private final Optional<RequestSeal> seal;
    private final Failover failover;
    private final AtomicLong sessions;
    private final AtomicLong inFlight = new AtomicLong();

    /**
     * The status of a node.
     *
     * @param secrets with any, only requests sealed with one of them are answered
     * @param sessions counts the live sessions of the context
     */
    NodeStatus(Route node, List<Secret> secrets, Failover failover, AtomicLong sessions) {
        this.node = node;
        this.seal = secrets.isEmpty() ? Optional.empty() : Optional.of(new RequestSeal(secrets));
        this.failover = failover;
        this.sessions = sessions;
    }

    /** Answers the request when it asks for the status. */
    boolean answers(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // in this order: every request comes by here, and containers work out URI and context path when they are asked
        if (!mayAsk(request)) {
            return false;
        }
        String uri = request.getRequestURI();
        if (!uri.endsWith(PATH) || uri.length() != request.getContextPath().length() + PATH.length()) {
            return false;
        }
        if (!isSealed(request)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return true;
        }
        response.setHeader("Cache-Control", "no-store");
        if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return true;
        }
        byte[] json = json().getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
        return true;
    }

    /** By the part of the path that the application asks for, too. */
    private static boolean mayAsk(HttpServletRequest request) {
        String pathInfo = request.getPathInfo();
        return (pathInfo == null ? request.getServletPath() : pathInfo).endsWith(END_OF_PATH);
    }

    private boolean isSealed(HttpServletRequest request) {
        if (seal.isEmpty()) {
            return true;
        }
        String header = request.getHeader(RequestSeal.HEADER);
        long now = System.currentTimeMillis() / 1_000;
        return header != null && seal.get().isValid(header, request.getRequestURI(), now);
    }

    private String json() {
        // by hand: four names and three numbers that need no escaping are not worth a dependency of every application
        return String.format(
                Locale.ROOT,
                "{\"node\":\"%s\",\"state\":\"%s\",\"sessions\":%d,\"inFlight\":%d,\"failover\":\"%s\",\"changedWithoutSet\":%d,\"build\":\"%s\"}",
                getNode(),
                getState(),
                getSessions(),
                getInFlight(),
                getFailover(),
                getChangedWithoutSet(),
                getBuild());
    }

    @Override
    public String getNode() {
        return node.name();
    }

    @Override
    public String getState() {
        return "ready";
    }

    @Override
    public long getSessions() {
        return Math.max(0, sessions.get());
    }

    @Override
    public long getInFlight() {
        return inFlight.get();
    }

    @Override
    public String getFailover() {
        return failover.state().name().toLowerCase(Locale.ROOT);
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
        inFlight.incrementAndGet();
    }

    /** An asynchronous request is over when it is completed, not when its first thread returns. */
    void requestReturned(HttpServletRequest request) {
        if (!request.isAsyncStarted()) {
            inFlight.decrementAndGet();
            return;
        }
        try {
            request.getAsyncContext().addListener(new Completion());
        } catch (IllegalStateException e) {
            inFlight.decrementAndGet(); // completed by another thread meanwhile
        }
    }

    private final class Completion implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            inFlight.decrementAndGet();
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
