package io.limpet.proxy;

import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.discovery.Names;
import io.limpet.proxy.node.DrainRules;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpFields;

/**
 * Probes nodes over HTTP: their filter's status, or any path. Each probe has a connection of its own, so that it also
 * finds out whether the node still takes any. Safe for any number of threads.
 */
final class StatusProber implements Prober, Names {

    private static final OutgoingRequest.Traits PLAIN = new OutgoingRequest.Traits(false, false, false, false);

    /** Of the applications of a node so many are asked in place of the probed one. */
    private static final int MOST_OTHERS = 8;

    private final Upstream upstream;
    private final HealthSettings settings;
    private final Optional<RequestSeal> seal;
    private final Function<Node, NodeReport> last;

    /** @param last what a node has told last */
    StatusProber(Upstream upstream, HealthSettings settings, List<Secret> secrets, Function<Node, NodeReport> last) {
        this.last = last;
        this.upstream = upstream;
        this.settings = settings;
        this.seal = secrets.isEmpty() ? Optional.empty() : Optional.of(new RequestSeal(secrets));
    }

    @Override
    public CompletableFuture<ProbeAnswer> probe(Node node) {
        return ask(node.uri(), settings.path())
                .thenCompose(answer -> elsewhereIfGone(node, answer))
                .handle((answer, failure) -> failure == null ? answered(node, answer) : failed(node, cause(failure)));
    }

    /** The probed application may be gone, and the node's others be well: each tells of all. */
    private CompletableFuture<ProbeExchange.Answer> elsewhereIfGone(Node node, ProbeExchange.Answer answer) {
        boolean gone = answer.status() == 404 && settings.kind() == HealthSettings.Kind.STATUS;
        List<String> others = gone
                ? last.apply(node).applications().stream()
                        .map(application -> application.context() + DrainRules.STATUS)
                        .filter(path -> !path.equals(settings.path()))
                        .limit(MOST_OTHERS)
                        .toList()
                : List.of();
        CompletableFuture<ProbeExchange.Answer> found = CompletableFuture.completedFuture(answer);
        for (String path : others) {
            found = found.thenCompose(
                    it -> it.status() == 404 ? ask(node.uri(), path) : CompletableFuture.completedFuture(it));
        }
        return found;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @Override
    public CompletableFuture<Optional<Route>> nameAt(URI address) {
        return ask(address, settings.path())
                .thenApply(answer -> answer.status() == 200
                        ? NodeStatus.parse(answer.body()).flatMap(status -> Route.parse(status.node()))
                        : Optional.empty());
    }

    private CompletableFuture<ProbeExchange.Answer> ask(URI address, String path) {
        ProbeExchange probe = new ProbeExchange();
        Exchange exchange = upstream.probe(address, request(address, path), probe);
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

    private OutgoingRequest request(URI node, String path) {
        HttpFields.Mutable headers = HttpFields.build();
        headers.put("Host", node.getAuthority());
        headers.put("User-Agent", "limpet-proxy");
        headers.put("Connection", "close");
        long now = System.currentTimeMillis() / 1_000;
        seal.ifPresent(it -> headers.put(RequestSeal.HEADER, it.of(path, now)));
        return OutgoingRequest.of(settings.method(), path, headers, null, PLAIN);
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
        if (status == 404 && last.apply(node).known()) {
            return new ProbeAnswer.Undeployed(place(node) + " answered 404, and has told its status before");
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
