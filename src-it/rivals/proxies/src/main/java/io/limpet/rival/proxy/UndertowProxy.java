package io.limpet.rival.proxy;

import io.undertow.Undertow;
import io.undertow.attribute.ExchangeAttribute;
import io.undertow.attribute.ReadOnlyAttributeException;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Undertow's own reverse proxy with its sticky sessions: {@code UndertowProxy PORT N1-URL N2-URL}. */
public final class UndertowProxy {

    private UndertowProxy() {}

    /** The cookie as the node's container wrote it; the proxy client has read the route before. */
    private static final class StrippedCookie implements ExchangeAttribute {
        @Override
        public @Nullable String readAttribute(HttpServerExchange exchange) {
            String line = exchange.getRequestHeaders().getFirst(Headers.COOKIE);
            return line == null ? null : SuffixCookie.stripped(line);
        }

        @Override
        public void writeAttribute(HttpServerExchange exchange, String value) throws ReadOnlyAttributeException {
            throw new ReadOnlyAttributeException();
        }
    }

    /** Serves until its process is ended. */
    public static void main(String[] args) {
        LoadBalancingProxyClient nodes = new LoadBalancingProxyClient()
                .addSessionCookieName("JSESSIONID")
                .setConnectionsPerThread(256)
                .addHost(URI.create(args[1]), "n1")
                .addHost(URI.create(args[2]), "n2");
        ProxyHandler proxy = ProxyHandler.builder()
                .setProxyClient(nodes)
                .setMaxRequestTime(60_000)
                .setReuseXForwarded(true)
                .addRequestHeader(Headers.COOKIE, new StrippedCookie())
                .build();
        Undertow.builder()
                .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
                .setHandler(proxy)
                .build()
                .start();
    }
}
