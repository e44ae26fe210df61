package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.trace.Tracing;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;
import org.eclipse.jetty.ee10.proxy.AsyncProxyServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Limpet's proxy servlet, or Jetty's own, in the same server, which speaks HTTP/1.1 and HTTP/2 on one port without TLS. A
 * rule that is checked here holds for the one and not for the other: so the check is known to see what it looks for.
 */
final class EitherProxy implements AutoCloseable {

    /** One rule. */
    interface Check {
        /** Fails in whatever way when the rule does not hold. */
        void on(EitherProxy proxy) throws Exception;
    }

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(1_500);

    private final Ledger ledger;
    private final Server server = new Server();
    private final ServerConnector connector;
    private final Duration patience;

    private EitherProxy(Ledger ledger, Duration patience, HttpConfiguration http) {
        this.ledger = ledger;
        this.patience = patience;
        connector =
                new ServerConnector(server, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
    }

    private static HttpConfiguration strict() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setMaxResponseHeaderSize(64 * 1024);
        // Limpet's servlet bears no other
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setHeaderCacheCaseSensitive(true);
        return http;
    }

    private EitherProxy start(HttpServlet servlet, Node node, Duration limit) throws Exception {
        ServletHolder holder = new ServletHolder(servlet);
        holder.setAsyncSupported(true);
        holder.setInitOrder(0);
        holder.setInitParameter("proxyTo", node.uri().toString());
        holder.setInitParameter("timeout", Long.toString(limit.toMillis()));
        holder.setInitParameter("idleTimeout", Long.toString(limit.toMillis()));
        ServletContextHandler context = new ServletContextHandler("/");
        context.addServlet(holder, "/*");
        server.setHandler(context);
        server.start();
        return this;
    }

    /** The rule holds here, and does not in Jetty's own servlet. */
    static void onlyLimpetKeeps(Node node, Check check) throws Exception {
        onlyLimpetKeeps(LONG, SHORT, node, check);
    }

    /** The same, with one limit for both: to Limpet's servlet it is one of silence, to Jetty's one of the whole. */
    static void onlyLimpetKeeps(Duration limit, Node node, Check check) throws Exception {
        onlyLimpetKeeps(limit, limit, node, check);
    }

    private static void onlyLimpetKeeps(Duration silence, Duration whole, Node node, Check check) throws Exception {
        try (EitherProxy limpet = limpet(silence, node)) {
            check.on(limpet);
        }
        try (EitherProxy jettys = jettys(strict(), whole, node)) {
            assertThat(catchThrowable(() -> check.on(jettys)))
                    .as("Jetty's own servlet keeps the rule too, or this does not see it")
                    .isInstanceOfAny(AssertionError.class, IOException.class, ConditionTimeoutException.class);
        }
    }

    /** Limpet's servlet alone. */
    static EitherProxy limpet(Node node) throws Exception {
        return limpet(LONG, node);
    }

    private static EitherProxy limpet(Duration silence, Node node) throws Exception {
        return limpet(silence, node, Journal.NONE);
    }

    /** The same, whose requests are told to this journal first, on their way into the servlet. */
    static EitherProxy limpet(Node node, Journal first) throws Exception {
        return limpet(LONG, node, first);
    }

    private static EitherProxy limpet(Duration silence, Node node, Journal first) throws Exception {
        Ledger ledger = new Ledger();
        Journal all = Journal.all(List.of(first, ledger.journal()));
        LimpetProxyServlet servlet = new LimpetProxyServlet(TestSettings.settings(silence, node), all, Tracing.OFF);
        return new EitherProxy(ledger, LONG, strict()).start(servlet, node, silence);
    }

    /** Jetty's own in a server that nobody has set up, in which Limpet's does not start. */
    static EitherProxy jettysAsShipped(Node node) throws Exception {
        return jettys(new HttpConfiguration(), SHORT, node);
    }

    private static EitherProxy jettys(HttpConfiguration http, Duration whole, Node node) throws Exception {
        return new EitherProxy(new Ledger(), whole.plus(Duration.ofMillis(500)), http)
                .start(new AsyncProxyServlet.Transparent(), node, whole);
    }

    /** How long a check waits at most. */
    Duration patience() {
        return patience;
    }

    WireClient connect() throws IOException {
        return new WireClient(connector.getLocalPort(), patience);
    }

    /** A GET on a connection of its own. */
    RawResponse get(String target, String... lines) throws IOException {
        String more = lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n";
        try (WireClient client = connect()) {
            return client.send("GET " + target + " HTTP/1.1\r\nHost: shop.example\r\n" + more + "\r\n")
                    .read();
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/");
    }

    /** A client that speaks HTTP/2 from its second request on. */
    HttpClient http2() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .connectTimeout(patience)
                .build();
    }

    @Override
    public void close() {
        try {
            ledger.awaitBalance();
        } finally {
            LifeCycle.stop(server);
            ledger.close();
        }
    }
}
