package io.limpet.proxy;

import java.net.URI;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request to a node with method, path and query as the client wrote them. The HTTP client's own request would decode
 * the query, and fail on {@code %zz}, and write the method in capitals.
 */
final class ForwardedRequest extends HttpRequest {

    private final String method;
    private final String pathQuery;

    ForwardedRequest(HttpClient client, URI node, String method, String pathQuery) {
        super(client, new HttpConversation(), node);
        this.method = method;
        this.pathQuery = pathQuery;
        headers(headers -> headers.clear());
    }

    @Override
    public String getMethod() {
        return method;
    }

    /** Path and query in one: they are sent as they are. */
    @Override
    public String getPath() {
        return pathQuery;
    }

    @Override
    public @Nullable String getQuery() {
        return null;
    }

    /** None: what a client may write is not always a URI, and nothing needs one. */
    @Override
    public @Nullable URI getURI() {
        return null;
    }
}
