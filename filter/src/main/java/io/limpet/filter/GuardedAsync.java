package io.limpet.filter;

import io.limpet.failover.Work.AtWork;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * The container's asynchronous context, which has the session saved before {@link #complete} lets the response leave.
 * Listeners are given this one, too: many complete the request when its time is out.
 */
final class GuardedAsync implements AsyncContext {

    private final AsyncContext container;
    private final Exchange exchange;
    private final Begun begun;

    /** How the application began it. */
    enum Begun {
        /** With {@code startAsync()}. */
        WITHOUT_ARGUMENTS,
        /** With the request and response that it was given. */
        WITH_WHAT_IT_WAS_GIVEN,
        /** With wrappers of its own. */
        WITH_ITS_OWN
    }

    GuardedAsync(AsyncContext container, Exchange exchange, Begun begun) {
        this.container = container;
        this.exchange = exchange;
        this.begun = begun;
    }

    /** This one, or the next one of the same request: a listener hears of it before {@code startAsync} returns it. */
    GuardedAsync of(AsyncContext next) {
        return next == container ? this : new GuardedAsync(next, exchange, begun);
    }

    /** The application is at work for the request on this thread, until the answer is closed. */
    AtWork atWork() {
        return exchange.work().begin();
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
        return begun != Begun.WITH_ITS_OWN;
    }

    @Override
    public void dispatch() {
        Optional<AsyncCourse.Place> arrival =
                begun == Begun.WITHOUT_ARGUMENTS ? exchange.async().arrivedElsewhere() : Optional.empty();
        arrival.ifPresentOrElse(place -> container.dispatch(place.application(), place.path()), container::dispatch);
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
        container.start(() -> {
            AtWork here = atWork();
            try (here) {
                task.run();
            }
        });
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
