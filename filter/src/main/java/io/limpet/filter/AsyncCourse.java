package io.limpet.filter;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
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
        GuardedAsync guarded = new GuardedAsync(container, exchange, how);
        begun = guarded;
        return guarded;
    }

    /** The asynchronous context that was begun here, or the container's where another filter has begun it. */
    AsyncContext current(AsyncContext container) {
        return begun == null ? container : begun;
    }

    /**
     * Where the request arrived, below the context, when the container has its own request tell otherwise during a forward
     * (Undertow does); that is where {@link AsyncContext#dispatch()} leads. Empty when it arrived in another application,
     * below whose context this one's dispatch does not lead.
     */
    Optional<String> arrivedElsewhere() {
        if (!request.getContextPath().equals(request.getAttribute(RequestDispatcher.FORWARD_CONTEXT_PATH))) {
            return Optional.empty();
        }
        return Optional.ofNullable(request.getAttribute(RequestDispatcher.FORWARD_REQUEST_URI))
                .map(Object::toString)
                .filter(arrived -> !arrived.equals(request.getRequestURI()))
                .map(arrived -> arrived.substring(request.getContextPath().length()));
    }
}
