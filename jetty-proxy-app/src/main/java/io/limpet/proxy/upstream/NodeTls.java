package io.limpet.proxy.upstream;

import io.limpet.proxy.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to nodes: 1.2 and 1.3, the node's certificate verified, and its host against the certificate (RFC 9110 §4.3.4).
 *
 * <p>Safe for any number of threads. Reads the authorities at the first node that needs them: the JDK's are many.
 */
final class NodeTls {

    private final Object lock = new Object();
    private Trust trust = Trust.OF_THE_JDK;
    private SslContextFactory.@Nullable Client started;

    /** Takes the word of these from now on, for new connections. */
    void trust(Trust authorities) {
        synchronized (lock) {
            trust = authorities;
            started = null;
        }
    }

    /**
     * TLS on this socket, before its handshake.
     *
     * @throws IOException when TLS cannot be had
     */
    SslConnection on(EndPoint socket, URI node, Executor executor, ByteBufferPool buffers) throws IOException {
        String host = node.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        SslContextFactory.Client client = started();
        SSLEngine engine = client.newSSLEngine(bare, node.getPort());
        engine.setUseClientMode(true);
        return new SslConnection(buffers, executor, client, socket, engine);
    }

    private SslContextFactory.Client started() throws IOException {
        synchronized (lock) {
            if (started == null) {
                started = start(trust);
            }
            return started;
        }
    }

    private static SslContextFactory.Client start(Trust trust) throws IOException {
        SslContextFactory.Client client = new SslContextFactory.Client();
        client.setIncludeProtocols("TLSv1.2", "TLSv1.3");
        trust.keyStore().ifPresent(client::setTrustStore);
        try {
            LifeCycle.start(client);
        } catch (Exception e) {
            throw new IOException("TLS to nodes cannot be had: " + e.getMessage(), e);
        }
        return client;
    }
}
