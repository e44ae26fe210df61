package io.limpet.filter;

import io.limpet.failover.Work.AtWork;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/**
 * An application's listener, at work for its request while it is told. It hears of {@link GuardedAsync} where the
 * container speaks of its own context.
 */
record GuardedListener(AsyncListener application, GuardedAsync async) implements AsyncListener {

    @FunctionalInterface
    private interface Told {
        void about(AsyncEvent event) throws IOException;
    }

    @Override
    public void onComplete(AsyncEvent event) throws IOException {
        tell(application::onComplete, event);
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        tell(application::onTimeout, event);
    }

    @Override
    public void onError(AsyncEvent event) throws IOException {
        tell(application::onError, event);
    }

    @Override
    public void onStartAsync(AsyncEvent event) throws IOException {
        tell(application::onStartAsync, event);
    }

    private void tell(Told listener, AsyncEvent event) throws IOException {
        AtWork here = async.atWork();
        try (here) {
            listener.about(new AsyncEvent(
                    async.of(event.getAsyncContext()),
                    event.getSuppliedRequest(),
                    event.getSuppliedResponse(),
                    event.getThrowable()));
        }
    }
}
