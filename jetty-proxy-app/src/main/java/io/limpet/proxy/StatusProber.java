package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.discovery.Names;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeStatus;
import io.limpet.proxy.node.ProbeAnswer;
import io.limpet.proxy.node.Prober;
import io.limpet.proxy.upstream.Exchange;
import io.limpet.proxy.upstream.OutgoingRequest;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.route.RequestSeal;
import io.limpet.route.Route;
import io.limpet.route.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;

/**
 * Probes nodes over HTTP: their filter's status, or any path. Each probe has a connection of its own, so that it also
 * finds out whether the node still takes any. Safe for any number of threads.
 */
final class StatusProber implements Prober, Names {

    private static final OutgoingRequest.Traits PLAIN = new OutgoingRequest.Traits(false, false, false, false);

    private final Upstream upstream;
    private final HealthSettings settings;
    private final Optional<RequestSeal> seal;

    StatusProber(Upstream upstream, HealthSettings settings, List<Secret> secrets) {
        this.upstream = upstream;
        this.settings = settings;
        this.seal = secrets.isEmpty() ? Optional.empty() : Optional.of(new RequestSeal(secrets));
    }

    @Override
    public CompletableFuture<ProbeAnswer> probe(Node node) {
        return ask(node.uri())
                .handle((answer, failure) -> failure == null ? answered(node, answer) : failed(node, failure));
    }

    @Override
    public CompletableFuture<Optional<Route>> nameAt(URI address) {
        return ask(address)
                .thenApply(answer -> answer.status() == 200
                        ? NodeStatus.parse(answer.body()).flatMap(status -> Route.parse(status.node()))
                        : Optional.empty());
    }

    private CompletableFuture<ProbeExchange.Answer> ask(URI address) {
        ProbeExchange probe = new ProbeExchange();
        Exchange exchange = upstream.probe(address, request(address), probe);
        long millis = settings.timeout().toMillis();
        CompletableFuture<ProbeExchange.Answer> answer = probe.answer().orTimeout(millis, TimeUnit.MILLISECONDS);
        // beside it and not behind it: who comes next would find the cause wrapped
        var unused = answer.whenComplete((answered, failure) -> {
            if (failure instanceof TimeoutException) {
                exchange.abort(failure);
            }
        });
        return answer;
    }

    private OutgoingRequest request(URI node) {
        HttpFields.Mutable headers = HttpFields.build();
        headers.put("Host", node.getAuthority());
        headers.put("User-Agent", "limpet-proxy");
        headers.put("Connection", "close");
        long now = System.currentTimeMillis() / 1_000;
        seal.ifPresent(it -> headers.put(RequestSeal.HEADER, it.of(settings.path(), now)));
        return OutgoingRequest.of(settings.method(), settings.path(), headers, null, PLAIN);
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

    private ProbeAnswer answered(Node node, ProbeExchange.Answer answer) {
        int status = answer.status();
        if (settings.kind() == HealthSettings.Kind.PATH) {
            return settings.expected().stream().anyMatch(range -> range.contains(status))
                    ? new ProbeAnswer.Well(false)
                    : new ProbeAnswer.Unwell(place(node) + " answered " + status);
        }
        if (status != 200) {
            return new ProbeAnswer.Unwell(place(node) + " answered " + status
                    + "; is Limpet's filter in the application, are health.path and the secret right?");
        }
        return NodeStatus.parse(answer.body())
                .map(nodeStatus -> nodeStatus.answerOf(node))
                .orElseGet(() -> new ProbeAnswer.Unwell(place(node)
                        + " answered something else than the filter's status; for a node without the filter set"
                        + " health.kind to 'path'"));
    }

    private String place(Node node) {
        return node.uri() + settings.path();
    }
}
