package io.limpet.proxy.upstream;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;

/** An exchange of which it is heard how it is answered, and whose answer nobody reads but a test. */
public final class BegunAnswer implements ExchangeListener {

    private final CompletableFuture<NodeResponse> response = new CompletableFuture<>();
    private final CompletableFuture<Integer> hinted = new CompletableFuture<>();
    private final CompletionStage<?> hintTaken;

    /** Of a client that takes interim answers at once. */
    public BegunAnswer() {
        this(CompletableFuture.completedFuture(null));
    }

    /** @param hintTaken when the client has taken an interim answer */
    public BegunAnswer(CompletionStage<?> hintTaken) {
        this.hintTaken = hintTaken;
    }

    /** Completes with the status of the first interim answer. */
    public CompletableFuture<Integer> hinted() {
        return hinted;
    }

    /** Completes with the answer when it begins, or with the reason why there is none. */
    public CompletableFuture<NodeResponse> response() {
        return response;
    }

    @Override
    public CompletionStage<?> interim(int status, HttpFields fields) {
        hinted.complete(status);
        return hintTaken;
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
