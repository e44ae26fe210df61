package io.limpet.proxy.relay;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.util.HostPort;

/** What the targets of a connection's requests stand for: a client asks one host, and often for the same. Not thread-safe. */
final class Targets {

    private final HttpScheme scheme;
    private String host = "";
    private String target = "";
    private HttpURI uri = HttpURI.from("/");

    Targets(boolean secure) {
        scheme = secure ? HttpScheme.HTTPS : HttpScheme.HTTP;
    }

    /** The last target. */
    String last() {
        return target;
    }

    HttpURI uri(String path, HttpFields fields) {
        String asked = String.valueOf(fields.get(HttpHeader.HOST));
        if (!path.equals(target) || !asked.equals(host)) {
            HostPort named = new HostPort(asked);
            int port = named.getPort() == scheme.getDefaultPort() ? -1 : named.getPort();
            uri = HttpURI.build(path)
                    .scheme(scheme)
                    .authority(named.getHost(), port)
                    .asImmutable();
            target = path;
            host = asked;
        }
        return uri;
    }
}
