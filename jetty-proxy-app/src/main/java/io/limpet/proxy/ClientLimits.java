package io.limpet.proxy;

import io.limpet.proxy.config.Limits;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Holds clients to {@link Limits}: what Jetty has a setting for, and the number of fields and of requests. */
final class ClientLimits implements HttpConfiguration.Customizer {

    /** No more than these: an encoded dot, backslash or NUL in a path is no application's. */
    private static final UriCompliance AMBIGUOUS = UriCompliance.DEFAULT.with(
            "LIMPET",
            UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT,
            UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    private final Limits limits;

    private ClientLimits(Limits limits) {
        this.limits = limits;
    }

    static void apply(Limits limits, HttpConfiguration http) {
        http.setRequestHeaderSize(limits.head());
        http.setMaxResponseHeaderSize(limits.head());
        if (limits.ambiguousPaths()) {
            http.setUriCompliance(AMBIGUOUS);
        }
        http.addCustomizer(new ClientLimits(limits));
    }

    static void apply(Limits limits, Server server, List<ServerConnector> connectors) {
        server.addBean(new ConnectionLimit(limits, connectors));
        connectors.forEach(connector -> server.addBean(new SlowClients(limits, connector)));
    }

    /** @throws HttpException.RuntimeException when the request has too many fields (RFC 6585 §5) */
    @Override
    public Request customize(Request request, HttpFields.Mutable responseHeaders) {
        if (request.getHeaders().size() > limits.fields()) {
            throw new HttpException.RuntimeException(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE_431);
        }
        Connection connection = request.getConnectionMetaData().getConnection();
        if (connection.getMessagesIn() >= limits.requests()) {
            if (connection instanceof HTTP2Connection http2) {
                http2.close(); // in order (RFC 9113 §6.8): this request and those before it are answered
            } else {
                responseHeaders.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
            }
        }
        return request;
    }
}
