package io.limpet.proxy;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Hears from the server that reading from the client failed. Without it the server would answer by itself, at the same
 * time as the proxy does.
 */
final class OnClientFailure implements AsyncListener {

    private final ClientSide client;

    OnClientFailure(ClientSide client) {
        this.client = client;
    }

    @Override
    public void onError(AsyncEvent event) {
        client.clientFailed(event.getThrowable());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        // ended by the proxy itself
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        // there is none
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // started once
    }
}
