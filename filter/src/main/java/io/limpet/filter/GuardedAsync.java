package io.limpet.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The container's asynchronous context, which has the session saved before {@link #complete} lets the response leave.
 * Listeners are given this one, too: many complete the request when its time is out.
 */
final class GuardedAsync implements AsyncContext {

    private final AsyncContext container;
    private final Exchange exchange;
    private final boolean original;

    /** @param original whether the application began it without a request and response of its own */
    GuardedAsync(AsyncContext container, Exchange exchange, boolean original) {
        this.container = container;
        this.exchange = exchange;
        this.original = original;
    }

    /** This one, or the next one of the same request: a listener hears of it before {@code startAsync} returns it. */
    GuardedAsync of(AsyncContext next) {
        return next == container ? this : new GuardedAsync(next, exchange, original);
    }

    @Override
    public void complete() {
        try {
            exchange.beforeCommit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            container.complete();
        }
    }

    @Override
    public ServletRequest getRequest() {
        return container.getRequest();
    }

    @Override
    public ServletResponse getResponse() {
        return container.getResponse();
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return original || container.hasOriginalRequestAndResponse();
    }

    @Override
    public void dispatch() {
        container.dispatch();
    }

    @Override
    public void dispatch(String path) {
        container.dispatch(path);
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        container.dispatch(context, path);
    }

    @Override
    public void start(Runnable task) {
        container.start(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        container.addListener(new GuardedListener(listener, this));
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        container.addListener(new GuardedListener(listener, this), request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return container.createListener(type);
    }

    @Override
    public void setTimeout(long millis) {
        container.setTimeout(millis);
    }

    @Override
    public long getTimeout() {
        return container.getTimeout();
    }
}
