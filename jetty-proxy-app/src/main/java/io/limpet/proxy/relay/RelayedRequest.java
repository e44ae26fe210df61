package io.limpet.proxy.relay;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Context;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Session;
import org.eclipse.jetty.server.TunnelSupport;
import org.eclipse.jetty.util.Attributes;
import org.jspecify.annotations.Nullable;

/** A plain request, all of which has come. One thread at a time. */
public final class RelayedRequest extends Attributes.Lazy implements Request {

    private final RelayConnection connection;
    private final ClientConnection client;
    private final String method;
    private final HttpURI uri;
    private final HttpFields fields;
    private final int length;
    private final long begun = System.nanoTime();
    private final AtomicReference<Content.@Nullable Chunk> body;
    private @Nullable Consumer<Throwable> leaving;
    private volatile @Nullable Runnable passing;

    RelayedRequest(
            RelayConnection connection,
            ClientConnection client,
            String method,
            HttpURI uri,
            HttpFields fields,
            Content.Chunk body) {
        this.connection = connection;
        this.client = client;
        this.method = method;
        this.uri = uri;
        this.fields = fields;
        this.length = body.remaining();
        this.body = new AtomicReference<>(body);
    }

    /** Who hears when the client leaves while it waits, at most once. */
    public void onLeaving(Consumer<Throwable> listener) {
        leaving = listener;
    }

    /** What is done at each {@link RelayConnections#pass()} until the request is over; null for nothing more. */
    public void onPassing(@Nullable Runnable task) {
        passing = task;
    }

    void passed() {
        Runnable task = passing;
        if (task != null) {
            task.run();
        }
    }

    void clientLeft(Throwable cause) {
        Consumer<Throwable> told = leaving;
        leaving = null;
        if (told != null) {
            told.accept(cause);
        }
    }

    /** From now on the end of what the client sends is its leaving. Any thread may call it. */
    public void watch() {
        connection.watch(this);
    }

    /** The response is written, or never will be: the connection's next request may come. Any thread may call it. */
    public void giveBack() {
        connection.over(this);
    }

    /** Cuts the connection. Any thread may call it. */
    public void cut() {
        connection.cut(this);
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk whole = body.getAndSet(null);
        return whole == null ? Content.Chunk.EOF : whole;
    }

    @Override
    public void demand(Runnable callback) {
        callback.run();
    }

    @Override
    public void fail(Throwable failure) {
        consumeAvailable();
    }

    @Override
    public long getLength() {
        return length;
    }

    @Override
    public boolean consumeAvailable() {
        Content.Chunk left = body.getAndSet(null);
        if (left != null) {
            left.release();
        }
        return true;
    }

    @Override
    public String getId() {
        return client.getId() + '#' + connection.getMessagesIn();
    }

    @Override
    public Components getComponents() {
        return client;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
        return client;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public HttpURI getHttpURI() {
        return uri;
    }

    @Override
    public Context getContext() {
        return client.getConnector().getServer().getContext();
    }

    @Override
    public HttpFields getHeaders() {
        return fields;
    }

    @Override
    public @Nullable HttpFields getTrailers() {
        return null;
    }

    @Override
    public long getBeginNanoTime() {
        return begun;
    }

    @Override
    public long getHeadersNanoTime() {
        return begun;
    }

    @Override
    public boolean isSecure() {
        return client.isSecure();
    }

    @Override
    public void addIdleTimeoutListener(Predicate<TimeoutException> onIdleTimeout) {
        // all of it has come
    }

    @Override
    public void addFailureListener(Consumer<Throwable> onFailure) {
        // see onLeaving
    }

    @Override
    public @Nullable TunnelSupport getTunnelSupport() {
        return null;
    }

    @Override
    public void addHttpStreamWrapper(Function<HttpStream, HttpStream> wrapper) {
        throw new UnsupportedOperationException("there is no stream on this lane");
    }

    @Override
    public @Nullable Session getSession(boolean create) {
        return null;
    }
}
