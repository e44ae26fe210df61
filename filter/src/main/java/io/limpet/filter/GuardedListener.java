package io.limpet.filter;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** An application's listener, which hears of {@link GuardedAsync} where the container speaks of its own context. */
record GuardedListener(AsyncListener application, GuardedAsync async) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        application.onComplete(guarded(event));
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        application.onTimeout(guarded(event));
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        application.onError(guarded(event));
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
        application.onStartAsync(guarded(event));
    }

    private AsyncEvent guarded(AsyncEvent event) {
        return new AsyncEvent(
                async.of(event.getAsyncContext()),
                event.getSuppliedRequest(),
                event.getSuppliedResponse(),
                event.getThrowable());
    }
}
