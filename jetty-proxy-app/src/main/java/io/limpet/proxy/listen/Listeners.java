package io.limpet.proxy.listen;

import io.limpet.proxy.config.Inbound;
import io.limpet.proxy.config.ListenAddress;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Tls;
import io.limpet.proxy.loop.LoopConnector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;

/** The addresses at which the proxy listens, and what is spoken there. Immutable once made. */
public final class Listeners {

    private static final String HTTP_1_1 = HttpVersion.HTTP_1_1.asString();
    private static final String HTTP_2 = "h2";

    private final Server server;
    private final HttpConfiguration http;
    private final Function<HttpConnectionFactory, ConnectionFactory> lane;
    private final Inbound inbound;
    private final Duration idle;
    private final Duration connect;
    private final int backlog;
    private final ServerConnector clear;
    private final List<ServerConnector> secure = new ArrayList<>(1);

    private Listeners(
            Server server,
            HttpConfiguration http,
            Function<HttpConnectionFactory, ConnectionFactory> lane,
            ProxySettings settings) {
        this.server = server;
        this.http = http;
        this.lane = lane;
        this.inbound = settings.inbound();
        this.idle = settings.timeouts().idle();
        this.connect = settings.timeouts().connect();
        this.backlog = settings.limits().connections();
        this.clear = connector(settings.listen(), inClear());
        if (inbound.tls() instanceof Tls.On tls) {
            secure.add(overTls(tls));
        }
    }

    /**
     * Adds the settings' listeners to this server.
     *
     * @param lane what HTTP/1.1 begins with, given Jetty's own
     */
    public static Listeners of(
            Server server,
            HttpConfiguration http,
            Function<HttpConnectionFactory, ConnectionFactory> lane,
            ProxySettings settings) {
        Listeners listeners = new Listeners(server, http, lane, settings);
        listeners.connectors().forEach(server::addConnector);
        return listeners;
    }

    private List<ConnectionFactory> inClear() {
        List<ConnectionFactory> spoken = new ArrayList<>();
        spoken.add(lane.apply(new HttpConnectionFactory(http)));
        if (inbound.http2().offered()) {
            spoken.add(Http2Connections.inClear(http, inbound.http2(), idle));
        }
        return spoken;
    }

    private ServerConnector overTls(Tls.On tls) {
        List<ConnectionFactory> spoken = new ArrayList<>();
        ServerTls certificates = new ServerTls(tls.certificates(), server.getScheduler());
        if (inbound.http2().offered()) {
            ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory(HTTP_2, HTTP_1_1);
            alpn.setDefaultProtocol(HTTP_1_1);
            spoken.add(tls(certificates, alpn.getProtocol()));
            spoken.add(alpn);
            spoken.add(Http2Connections.overTls(http, inbound.http2(), idle));
        } else {
            spoken.add(tls(certificates, HTTP_1_1));
        }
        spoken.add(lane.apply(new HttpConnectionFactory(http)));
        ServerConnector connector = connector(tls.listen(), spoken);
        connector.addBean(certificates);
        return connector;
    }

    private static SslConnectionFactory tls(ServerTls certificates, String inside) {
        SslConnectionFactory tls = new SslConnectionFactory(certificates.factory(), inside);
        // it would refuse a Host that is not in the certificate: all hosts are the same application's here
        tls.setEnsureSecureRequestCustomizer(false);
        return tls;
    }

    private ServerConnector connector(ListenAddress address, List<ConnectionFactory> spoken) {
        if (inbound.proxyProtocol()) {
            spoken.add(0, new ProxyHeaders(spoken.get(0), inbound.trustedProxies()));
        }
        ServerConnector connector = new LoopConnector(server, connect, spoken.toArray(ConnectionFactory[]::new));
        connector.setHost(address.host());
        connector.setPort(address.port());
        connector.setIdleTimeout(idle.toMillis());
        // beyond it the kernel lets clients believe that they are connected, and resets them when they send
        connector.setAcceptQueueSize(backlog);
        return connector;
    }

    /** All of them. */
    public List<ServerConnector> connectors() {
        List<ServerConnector> all = new ArrayList<>(secure);
        all.add(0, clear);
        return all;
    }

    /** Where it listens in clear, with the port that it got when the settings leave it open. */
    public ListenAddress address() {
        return bound(clear);
    }

    /** Where it listens with TLS; empty when it does not. */
    public Optional<ListenAddress> tlsAddress() {
        return secure.stream().map(Listeners::bound).findFirst();
    }

    private static ListenAddress bound(ServerConnector connector) {
        return new ListenAddress(connector.getHost(), connector.getLocalPort());
    }

    /** As URLs, for people. */
    @Override
    public String toString() {
        return "http://" + address()
                + tlsAddress().stream().map(tls -> " and https://" + tls).collect(Collectors.joining());
    }
}
