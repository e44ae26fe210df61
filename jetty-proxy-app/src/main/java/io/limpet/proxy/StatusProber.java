package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeStatus;
import io.limpet.proxy.node.ProbeAnswer;
import io.limpet.proxy.node.Prober;
import io.limpet.route.RequestSeal;
import io.limpet.route.Secret;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpFields;

/** Probes nodes over HTTP: their filter's status, or any path. Safe for any number of threads. */
final class StatusProber implements Prober {

    private static final int LONGEST_STATUS = 64 * 1024;

    private final HttpClient client;
    private final HealthSettings settings;
    private final Optional<RequestSeal> seal;

    StatusProber(HttpClient client, HealthSettings settings, List<Secret> secrets) {
        this.client = client;
        this.settings = settings;
        this.seal = secrets.isEmpty() ? Optional.empty() : Optional.of(new RequestSeal(secrets));
    }

    @Override
    public CompletableFuture<ProbeAnswer> probe(Node node) {
        CompletableFuture<ProbeAnswer> answer = new CompletableFuture<>();
        Request request = client.newRequest(node.uri())
                .path(settings.path())
                .headers(this::write)
                .timeout(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        request.send(new BufferingResponseListener(LONGEST_STATUS) {
            @Override
            public void onComplete(Result result) {
                answer.complete(result.isFailed() ? failed(node, result.getFailure()) : answered(node, result, this));
            }
        });
        return answer;
    }

    private void write(HttpFields.Mutable headers) {
        headers.put("User-Agent", "limpet-proxy");
        long now = System.currentTimeMillis() / 1_000;
        seal.ifPresent(it -> headers.put(RequestSeal.HEADER, it.of(settings.path(), now)));
    }

    private ProbeAnswer failed(Node node, Throwable cause) {
        if (Failure.isRefusal(cause)) {
            return new ProbeAnswer.Refused("no connection to " + node.uri() + ": " + Failure.describe(cause));
        }
        if (cause instanceof TimeoutException) {
            return new ProbeAnswer.Unwell(
                    place(node) + " did not answer within " + settings.timeout().toMillis() + " ms");
        }
        return new ProbeAnswer.Unwell(place(node) + " failed: " + Failure.describe(cause));
    }

    private ProbeAnswer answered(Node node, Result result, BufferingResponseListener content) {
        int status = result.getResponse().getStatus();
        if (settings.kind() == HealthSettings.Kind.PATH) {
            return status >= 200 && status < 400
                    ? new ProbeAnswer.Well(false)
                    : new ProbeAnswer.Unwell(place(node) + " answered " + status);
        }
        if (status != 200) {
            return new ProbeAnswer.Unwell(place(node) + " answered " + status
                    + "; is Limpet's filter in the application, are health.path and the secret right?");
        }
        String json = content.getContentAsString();
        return NodeStatus.parse(json == null ? "" : json)
                .map(nodeStatus -> nodeStatus.answerOf(node))
                .orElseGet(() -> new ProbeAnswer.Unwell(place(node)
                        + " answered something else than the filter's status; for a node without the filter set"
                        + " health.kind to 'path'"));
    }

    private String place(Node node) {
        return node.uri() + settings.path();
    }
}
