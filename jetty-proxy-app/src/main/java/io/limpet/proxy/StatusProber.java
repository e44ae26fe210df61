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

    /** @param status this node's own; empty when another one answers there, or none */
    private record Heard(Door door, ProbeExchange.Answer answer, Optional<NodeStatus> status) {

        /** As a container answers that has no such application, and not as a filter that keeps its status to itself. */
        boolean isGone() {
            return answer.status() == HttpStatus.NOT_FOUND_404 && !answer.isRefusal();
        }

        boolean tellsOfItself() {
            return status.stream()
                    .flatMap(told -> told.report().applications().stream())
                    .anyMatch(application -> application.context().equals(door.context()));
        }
    }

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

    /**
     * An application may be gone, and the node's others be well: each tells of all. Where one was, anything may answer:
     * the root's page, a redirect, a log-in, the container's 503.
     */
    private CompletableFuture<ProbeAnswer> probe(Node node, Door first) {
        List<Door> others = Stream.concat(Stream.of(probed()), told(node).limit(MOST_OTHERS))
                .filter(door -> !door.path().equals(first.path()))
                .distinct()
                .toList();
        CompletableFuture<List<Heard>> found = ask(node, first).thenApply(List::of);
        for (Door door : others) {
            found = found.thenCompose(heard -> isAnswered(heard)
                    ? CompletableFuture.completedFuture(heard)
                    : ask(node, door)
                            .thenApply(next -> Stream.concat(heard.stream(), Stream.of(next))
                                    .toList()));
        }
        return found.handle((heard, failure) -> failure == null ? judge(node, heard) : failed(node, cause(failure)));
    }

    private static boolean isAnswered(List<Heard> heard) {
        return heard.get(heard.size() - 1).status().isPresent();
    }

    private CompletableFuture<Heard> ask(Node node, Door door) {
        return ask(node.uri(), door.path())
                .thenApply(answer -> new Heard(
                        door,
                        answer,
                        statusIn(answer)
                                .filter(status ->
                                        status.node().equals(node.route().name()))));
    }

    private Optional<NodeStatus> statusIn(ProbeExchange.Answer answer) {
        return settings.kind() == HealthSettings.Kind.STATUS && answer.status() == HttpStatus.OK_200
                ? NodeStatus.parse(answer.body())
                : Optional.empty();
    }

    /** At most the last of them is answered well. */
    private ProbeAnswer judge(Node node, List<Heard> heard) {
        long now = System.nanoTime();
        Heard last = heard.get(heard.size() - 1);
        if (last.status().isEmpty()) {
            heard.stream()
                    .filter(Heard::isGone)
                    .forEach(it -> absences.missed(node, it.door().context(), now));
            return answered(
                    node,
                    heard.stream()
                            .filter(it -> !it.isGone())
                            .findFirst()
                            .orElse(last)
                            .answer());
        }
        // anything but a 404 may be a limiter's that was met by chance: then what the node itself tells of it counts
        heard.stream()
                .filter(Heard::isGone)
                .forEach(it -> absences.missed(node, it.door().context(), now));
        if (last.tellsOfItself()) {
            absences.met(node, last.door().context());
        }
        NodeStatus told = last.status().get();
        return told.with(absences.corrected(node, told.report(), now)).answerOf(node);
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    @Override
    public CompletableFuture<Optional<Route>> nameAt(URI address) {
        return ask(address, settings.path())
                .thenApply(answer -> statusIn(answer).flatMap(status -> Route.parse(status.node())));
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
        if (status == HttpStatus.NOT_FOUND_404
                && !answer.isRefusal()
                && last.apply(node).known()) {
            return new ProbeAnswer.Undeployed(place(node) + " answered 404, and has told its status before");
        }
        if (status != HttpStatus.OK_200) {
            return new ProbeAnswer.Unwell(place(node) + " answered " + status
                    + "; is Limpet's filter in the application, are health.path and the secret right?");
        }
        return NodeStatus.parse(answer.body())
                .map(told -> told.answerOf(node))
                .orElseGet(() -> new ProbeAnswer.Unwell(place(node)
                        + " answered something else than the filter's status; for a node without the filter set"
                        + " health.kind to 'path'"));
    }

    private String place(Node node) {
        return node.uri() + settings.path();
    }
}
