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
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Probes nodes over HTTP: their filter's status, or any path. Each probe has a connection of its own, so that it also
 * finds out whether the node still takes any. Safe for any number of threads.
 */
final class StatusProber implements Prober, Names {

    private static final OutgoingRequest.Traits PLAIN = new OutgoingRequest.Traits(false, false, false, false);

    /** Of the applications of a node so many are asked in place of the probed one. */
    private static final int MOST_OTHERS = 8;

    /** Where an application tells its status. */
    private record Door(String context, String path) {}

    private final Absences absences;
    private final Upstream upstream;
    private final HealthSettings settings;
    private final Optional<RequestSeal> seal;
    private final Function<Node, NodeReport> last;

    /**
     * A prober of nodes as the settings say.
     *
     * @param last what a node has told last
     * @param absences what was found out about nodes' applications before
     */
    StatusProber(
            Upstream upstream,
            HealthSettings settings,
            List<Secret> secrets,
            Function<Node, NodeReport> last,
            Absences absences) {
        this.last = last;
        this.absences = absences;
        this.upstream = upstream;
        this.settings = settings;
        this.seal = secrets.isEmpty() ? Optional.empty() : Optional.of(new RequestSeal(secrets));
    }

    @Override
    public CompletableFuture<ProbeAnswer> probe(Node node) {
        return probe(node, probed());
    }

    /** Asks the application with this context path first, which may have gone, and then as ever. */
    CompletableFuture<ProbeAnswer> probeFor(Node node, String context) {
        return probe(
                node,
                told(node)
                        .filter(door -> door.context().equals(context))
                        .findFirst()
                        .orElse(probed()));
    }

    private Door probed() {
        return new Door(DrainRules.contextOf(settings.path()), settings.path());
    }

    private Stream<Door> told(Node node) {
        return settings.kind() == HealthSettings.Kind.STATUS
                ? last.apply(node).applications().stream()
                        .flatMap(told -> told.statusPath().stream().map(path -> new Door(told.context(), path)))
                : Stream.empty();
    }

    /** An application may be gone, and the node's others be well: each tells of all. */
    private CompletableFuture<ProbeAnswer> probe(Node node, Door first) {
        List<Door> others = Stream.concat(Stream.of(probed()), told(node).limit(MOST_OTHERS))
                .filter(door -> !door.path().equals(first.path()))
                .distinct()
                .toList();
        CompletableFuture<ProbeExchange.Answer> found = ask(node, first);
        for (Door door : others) {
            found = found.thenCompose(it ->
                    it.status() == HttpStatus.NOT_FOUND_404 ? ask(node, door) : CompletableFuture.completedFuture(it));
        }
        return found.handle(
                (answer, failure) -> failure == null ? answered(node, answer) : failed(node, cause(failure)));
    }

    private CompletableFuture<ProbeExchange.Answer> ask(Node node, Door door) {
        return ask(node.uri(), door.path()).thenApply(answer -> {
            if (answer.status() == HttpStatus.NOT_FOUND_404) {
                absences.missed(node, door.context(), System.nanoTime());
            } else if (answer.status() == HttpStatus.OK_200) {
                absences.met(node, door.context());
            }
            return answer;
        });
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @Override
    public CompletableFuture<Optional<Route>> nameAt(URI address) {
        return ask(address, settings.path())
                .thenApply(answer -> answer.status() == HttpStatus.OK_200
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
        if (status == HttpStatus.NOT_FOUND_404 && last.apply(node).known()) {
            return new ProbeAnswer.Undeployed(place(node) + " answered 404, and has told its status before");
        }
        if (status != HttpStatus.OK_200) {
            return new ProbeAnswer.Unwell(place(node) + " answered " + status
                    + "; is Limpet's filter in the application, are health.path and the secret right?");
        }
        return NodeStatus.parse(answer.body())
                .map(told -> told.with(absences.corrected(node, told.report(), System.nanoTime()))
                        .answerOf(node))
                .orElseGet(() -> new ProbeAnswer.Unwell(place(node)
                        + " answered something else than the filter's status; for a node without the filter set"
                        + " health.kind to 'path'"));
    }

    private String place(Node node) {
        return node.uri() + settings.path();
    }
}
