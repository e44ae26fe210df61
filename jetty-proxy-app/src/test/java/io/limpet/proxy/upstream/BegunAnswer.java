package io.limpet.proxy.upstream;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;

/** An exchange of which it is heard how it is answered, and whose answer nobody reads but a test. */
public final class BegunAnswer implements ExchangeListener {

    private final CompletableFuture<NodeResponse> response = new CompletableFuture<>();

    /** Completes with the answer when it begins, or with the reason why there is none. */
    public CompletableFuture<NodeResponse> response() {
        return response;
    }

    @Override
    public CompletionStage<?> interim(int status, HttpFields fields) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void answered(NodeResponse answer) {
        response.complete(answer);
    }

    @Override
    public void switched(HttpFields fields, UpgradeTunnel tunnel) {
        failed(new IOException("nobody has asked for another protocol"));
    }

    @Override
    public void failed(Throwable cause) {
        response.completeExceptionally(cause);
    }
}
