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
    private final String path;
    private final @Nullable String query;

    /**
     * A request without header fields.
     *
     * @param pathQuery the path as it is to be sent, and behind a question mark the query
     */
    ForwardedRequest(HttpClient client, URI node, String method, String pathQuery) {
        super(client, new HttpConversation(), node);
        this.method = method;
        int question = pathQuery.indexOf('?');
        this.path = question < 0 ? pathQuery : pathQuery.substring(0, question);
        this.query = question < 0 ? null : pathQuery.substring(question + 1);
        headers(headers -> headers.clear());
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public String getPath() {
        return path;
    }

    @Override
    public @Nullable String getQuery() {
        return query;
    }

    /** None: what a client may write is not always a URI, and nothing needs one. */
    @Override
    public @Nullable URI getURI() {
        return null;
    }
}
