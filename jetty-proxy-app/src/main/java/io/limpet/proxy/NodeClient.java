package io.limpet.proxy;

import io.limpet.proxy.config.Timeouts;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.EarlyHintsProtocolHandler;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.ProtocolHandlers;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Starts the HTTP client that talks to nodes: HTTP/1.1, and nothing done to what passes. */
final class NodeClient {

    /** Below the 20 s after which Tomcat, as it is shipped, closes idle connections: the proxy should be first. */
    private static final long POOL_IDLE_MILLIS = 15_000;

    private static final int LONGEST_HEAD = 64 * 1024;
    private static final int CONNECTIONS_PER_NODE = 1024;
    private static final int QUEUED_PER_NODE = 1024;

    private NodeClient() {}

    /**
     * Starts a client on the server's threads, timer and buffers.
     *
     * @throws Exception when Jetty cannot start it
     */
    static HttpClient start(Server server, Timeouts timeouts) throws Exception {
        HttpClient client = create();
        client.setExecutor(server.getThreadPool());
        client.setScheduler(server.getScheduler());
        client.setByteBufferPool(server.getByteBufferPool());
        client.setConnectTimeout(timeouts.connect().toMillis());
        client.start();
        client.getContentDecoderFactories().clear();
        // of the client's own handlers only those that skip what comes before the answer: redirects and 401 are answers
        ProtocolHandlers handlers = client.getProtocolHandlers();
        handlers.clear();
        handlers.put(new ContinueProtocolHandler());
        handlers.put(new ProcessingProtocolHandler());
        handlers.put(new EarlyHintsProtocolHandler());
        return client;
    }

    private static HttpClient create() {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(new NoTls());
        HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
        // else a charset=UTF-8 becomes the charset=utf-8 of Jetty's table of known header fields
        transport.setHeaderCacheCaseSensitive(true);
        HttpClient client = new HttpClient(transport);
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setDefaultRequestContentType(null);
        client.setUserAgentField(null);
        client.setIdleTimeout(POOL_IDLE_MILLIS);
        client.setMaxConnectionsPerDestination(CONNECTIONS_PER_NODE);
        client.setMaxRequestsQueuedPerDestination(QUEUED_PER_NODE);
        client.setMaxRequestHeadersSize(LONGEST_HEAD);
        client.setMaxResponseHeadersSize(LONGEST_HEAD);
        return client;
    }

    /** Nodes speak http only. Jetty's own factory would load every trusted certificate at start, for nothing. */
    private static final class NoTls extends SslContextFactory.Client {
        @Override
        protected void doStart() {
            // not started: a request to an https node fails, but the settings have refused such a node before
        }
    }
}
