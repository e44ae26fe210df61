package io.limpet.proxy;

import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** The servlet in a Jetty of somebody else's, set up by init parameters; the reasons have to add up when it is closed. */
final class ForeignJetty implements AutoCloseable {

    private final Ledger ledger = new Ledger();
    private final Server server = new Server();
    private final ServerConnector connector;

    /** Starts it. */
    ForeignJetty(HttpConfiguration http, Map<String, String> parameters) throws Exception {
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setErrorHandler(new ErrorPages());
        ServletContextHandler context = new ServletContextHandler("/");
        context.setErrorHandler(new ErrorPages());
        ServletHolder servlet = new ServletHolder(new LimpetProxyServlet(ledger.journal()));
        servlet.setInitParameters(parameters);
        servlet.setAsyncSupported(true);
        servlet.setInitOrder(0);
        context.addServlet(servlet, "/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            ledger.close();
            throw e;
        }
    }

    /** Set as docs/listening.md says. */
    static ForeignJetty strict(Map<String, String> parameters) throws Exception {
        return new ForeignJetty(strict(), parameters);
    }

    static HttpConfiguration strict() {
        HttpConfiguration http = new HttpConfiguration();
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setHeaderCacheCaseSensitive(true);
        http.setSendServerVersion(false);
        http.setMaxResponseHeaderSize(64 * 1024);
        return http;
    }

    int port() {
        return connector.getLocalPort();
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
