package io.limpet.proxy.upstream;

import io.limpet.proxy.tls.Trust;
import java.net.URI;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * This proxy's way to its nodes: HTTP/1.1, over TLS where their address says so, on selectors of its own and the threads, the timer and the
 * buffers of the server around it.
 *
 * <p>Started and stopped once; while it runs, any thread may {@linkplain #send send}.
 */
public final class Upstream extends ContainerLifeCycle {

    private final UpstreamSettings settings;
    private final Scheduler scheduler;
    private final Dialer dialer;
    private final ConcurrentHashMap<URI, NodePool> pools = new ConcurrentHashMap<>();

    /** Not started yet. */
    public Upstream(UpstreamSettings settings, Executor executor, Scheduler scheduler, ByteBufferPool buffers) {
        this.settings = settings;
        this.scheduler = scheduler;
        this.dialer = new Dialer(settings, executor, scheduler, buffers);
        installBean(dialer);
    }

    /** From now on, new connections to nodes with https take the word of these for the node's certificate. */
    public void trust(Trust authorities) {
        dialer.tls().trust(authorities);
    }

    /**
     * Sends a request and does not wait.
     *
     * @param node {@code http://host:port} or {@code https://host:port}
     * @param onNewConnection whether a pooled connection is not good enough
     * @return by which the exchange can be given up
     */
    public Exchange send(URI node, boolean onNewConnection, OutgoingRequest request, ExchangeListener listener) {
        Exchange exchange = new Exchange(request, listener, onNewConnection);
        pool(node).send(exchange);
        return exchange;
    }

    /** How many requests wait for a connection to this node. */
    public int queued(URI node) {
        NodePool pool = pools.get(node);
        return pool == null ? 0 : pool.queued();
    }

    /** Closes what leads to other nodes than these: unused connections now, the others when their exchange is over. */
    public void keepOnly(Collection<URI> nodes) {
        pools.forEach((node, pool) -> {
            if (!nodes.contains(node) && pools.remove(node, pool)) {
                pool.retire();
            }
        });
    }

    /**
     * Sends a request on a new connection at once, however many there are, and beside their pool: a probe that had to
     * queue would find out that this proxy is busy, and say that the node is unwell.
     */
    public Exchange probe(URI node, OutgoingRequest request, ExchangeListener listener) {
        Exchange exchange = new Exchange(request, listener, true);
        newPool(node).send(exchange);
        return exchange;
    }

    private NodePool pool(URI node) {
        return pools.computeIfAbsent(node, this::newPool);
    }

    private NodePool newPool(URI node) {
        return new NodePool(node, settings, dialer, scheduler);
    }
}
