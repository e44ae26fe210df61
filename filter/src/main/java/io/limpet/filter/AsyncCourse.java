package io.limpet.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a request goes on when the application makes it asynchronous. Used by one thread at a time, as the request. */
final class AsyncCourse {

    private final HttpServletRequest request;
    private final Exchange exchange;
    private @Nullable GuardedAsync begun;

    AsyncCourse(HttpServletRequest request, Exchange exchange) {
        this.request = request;
        this.exchange = exchange;
    }

    /** The request becomes asynchronous; see {@link GuardedAsync}. */
    GuardedAsync begin(AsyncContext container, GuardedAsync.Begun how) {
        if (begun == null) {
            container.addListener(new Unanswered());
        }
        GuardedAsync guarded = new GuardedAsync(container, exchange, how);
        begun = guarded;
        return guarded;
    }

    /** Where no listener of the application's answers a request whose time is out, the container does, past the guard. */
    private final class Unanswered implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) throws IOException {
            exchange.beforeCommit();
        }

        @Override
        public void onError(AsyncEvent event) throws IOException {
            exchange.beforeCommit();
        }

        /** Containers forget their listeners when a request that was dispatched becomes asynchronous again. */
        @Override
        public void onStartAsync(AsyncEvent event) {
            event.getAsyncContext().addListener(this);
        }

        @Override
        public void onComplete(AsyncEvent event) {}
    }

    /** The asynchronous context that was begun here, or the container's where another filter has begun it. */
    AsyncContext current(AsyncContext container) {
        return begun == null ? container : begun;
    }

    /** An application, and a path below its context. */
    record Place(ServletContext application, String path) {}

    /**
     * Where the request arrived, when the container has its own request tell otherwise during a forward (Undertow does);
     * that is where {@link AsyncContext#dispatch()} leads, also when another application has forwarded it to this one.
     */
    Optional<Place> arrivedElsewhere() {
        if (request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI) instanceof String uri
                && request.getAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH) instanceof String context
                && !uri.equals(request.getRequestURI())
                && uri.startsWith(context)) {
            return application(context).map(arrived -> new Place(arrived, uri.substring(context.length())));
        }
        return Optional.empty();
    }

    /** Empty when the container lets nobody dispatch to it. */
    private Optional<ServletContext> application(String context) {
        ServletContext here = request.getServletContext();
        return context.equals(request.getContextPath())
                ? Optional.of(here)
                : Optional.ofNullable(here.getContext(context.isEmpty() ? "/" : context))
                        .filter(found -> found.getContextPath().equals(context));
    }
}
