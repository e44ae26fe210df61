package io.limpet.proxy;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What is never forwarded, whatever the nodes' state. */
final class Refusal {

    /** Methods that a reverse proxy does not pass on (RFC 9110 §9.3.6, §9.3.8). */
    private static final Set<String> METHODS = Set.of("CONNECT", "TRACE");

    /** The connection ends too: who asked for a tunnel may have begun to use it. */
    private static final HttpFields ALLOWED = HttpFields.from(
            new HttpField(HttpHeader.ALLOW, "GET, HEAD, POST, PUT, DELETE, OPTIONS, PATCH"),
            new HttpField(HttpHeader.CONNECTION, "close"));

    private Refusal() {}

    /** The page for a request that is refused; empty when it may pass. */
    static Optional<ErrorPage> of(Request request) {
        if (METHODS.contains(request.getMethod())) {
            return Optional.of(new ErrorPage(405, ALLOWED));
        }
        if (PrivatePaths.include(request.getHttpURI().getCanonicalPath())) {
            return Optional.of(new ErrorPage(404));
        }
        return Optional.empty();
    }
}
