package io.limpet.proxy;

import io.limpet.proxy.upstream.ExchangeListener;
import io.limpet.proxy.upstream.NodeResponse;
import io.limpet.proxy.upstream.UpgradeTunnel;
import io.limpet.route.RequestSeal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Invocable;

/** The exchange of one probe: the whole answer at once, as far as it is short. */
final class ProbeExchange implements ExchangeListener {

    /**
     * What a node has answered.
     *
     * @param status 200 or above
     * @param isRefusal whether a filter says that it keeps its status from this asker
     * @param body as UTF-8
     */
    record Answer(int status, boolean isRefusal, String body) {}

    private static final int LONGEST = 64 * 1024;

    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    /** Completes with the answer, or with the reason why there is none. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    @Override
    public CompletionStage<?> interim(int status, HttpFields fields) {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void answered(NodeResponse response) {
        while (true) {
            Content.Chunk chunk = response.read();
            if (chunk == null) {
                response.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, () -> answered(response)));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                answer.completeExceptionally(chunk.getFailure());
                return;
            }
            body.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
            chunk.release();
            if (chunk.isLast()) {
                answer.complete(new Answer(
                        response.status(),
                        RequestSeal.REFUSED.equals(response.fields().get(RequestSeal.ANSWER)),
                        body.toString(StandardCharsets.UTF_8)));
                return;
            }
            if (body.size() > LONGEST) {
                response.fail(new IOException("the answer is longer than " + LONGEST + " bytes"));
            }
        }
    }

    @Override
    public void switched(HttpFields fields, UpgradeTunnel tunnel) {
        tunnel.close(null);
        answer.completeExceptionally(new IOException("the node has switched protocols"));
    }

    @Override
    public void failed(Throwable cause) {
        answer.completeExceptionally(cause);
    }
}
