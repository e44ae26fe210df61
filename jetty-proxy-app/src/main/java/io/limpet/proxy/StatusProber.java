package io.limpet.proxy;

import io.limpet.proxy.Heard.Door;
import io.limpet.proxy.config.HealthSettings;
import io.limpet.proxy.discovery.Names;
import io.limpet.proxy.node.ApplicationReport;
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

    private final Absences absences;
    private final Upstream upstream;
    private final HealthSettings settings;
    private final Optional<RequestSeal> seal;
    private final Function<Node, NodeReport> last;
    private final Function<Node, Stream<ApplicationReport>> applications;

    /**
     * A prober of nodes as the settings say.
     *
     * @param last what a node has told last
     * @param applications those of a node, or those that it may have
     * @param absences what was found out about nodes' applications before
     */
    StatusProber(
            Upstream upstream,
            HealthSettings settings,
            List<Secret> secrets,
            Function<Node, NodeReport> last,
            Function<Node, Stream<ApplicationReport>> applications,
            Absences absences) {
        this.last = last;
        this.applications = applications;
        this.absences = absences;
        this.upstream = upstream;
        this.settings = settings;
        this.seal = secrets.isEmpty() ? Optional.empty() : Optional.of(new RequestSeal(secrets));
    }

    @Override
    public CompletableFuture<ProbeAnswer> probe(Node node) {
        return probe(node, probed(node));
    }

    /** Asks the application with this context path first, which may have gone, and then as ever. */
    CompletableFuture<ProbeAnswer> probeFor(Node node, String context) {
        return probe(
                node,
                told(node)
                        .filter(door -> door.context().equals(context))
                        .findFirst()
                        .orElse(probed(node)));
    }

    /** With its context path as the node has told it, which need not be encoded as in the settings. */
    private Door probed(Node node) {
        return told(node)
                .filter(door -> door.path().equals(settings.path()))
                .findFirst()
                .orElse(Door.at(settings.path()));
    }

    private Stream<Door> told(Node node) {
        return doors(applications.apply(node).map(ApplicationReport::context));
    }

    private Stream<Door> doors(Stream<String> contexts) {
        return settings.kind() == HealthSettings.Kind.STATUS
                ? contexts.distinct().flatMap(context -> Door.of(context).stream())
                : Stream.empty();
    }

    /**
     * An application may be gone, and the node's others be well: each tells of all. Where one was, anything may answer:
     * the root's page, a redirect, a log-in, the container's 503.
     */
    private CompletableFuture<ProbeAnswer> probe(Node node, Door first) {
        List<Door> others = Stream.concat(Stream.of(probed(node)), told(node).limit(MOST_OTHERS))
                .filter(door -> !door.path().equals(first.path()))
                .distinct()
                .toList();
        CompletableFuture<List<Heard>> found = ask(node, first).thenApply(List::of);
        for (Door door : others) {
            found = found.thenCompose(heard -> isAnswered(heard)
                    ? CompletableFuture.completedFuture(heard)
                    : ask(node, door).thenApply(next -> both(heard, List.of(next))));
        }
        return found.thenCombine(askDoubted(node, first, others), StatusProber::both)
                .handle((heard, failure) -> failure == null ? judge(node, heard) : failed(node, cause(failure)));
    }

    /** At the same time: what one that ends does not answer is no word about its node. */
    private CompletableFuture<List<Heard>> askDoubted(Node node, Door first, List<Door> others) {
        List<Door> doubted = doors(absences.doubted(node).stream())
                .filter(door -> !door.path().equals(first.path()) && !others.contains(door))
                .limit(MOST_OTHERS)
                .toList();
        CompletableFuture<List<Heard>> found = CompletableFuture.completedFuture(List.of());
        for (Door door : doubted) {
            found = found.thenCombine(
                    ask(node, door).handle((heard, failure) -> failure == null ? List.of(heard) : List.<Heard>of()),
                    StatusProber::both);
        }
        return found;
    }

    private static List<Heard> both(List<Heard> some, List<Heard> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static boolean isAnswered(List<Heard> heard) {
        return heard.get(heard.size() - 1).status().isPresent();
    }

    private CompletableFuture<Heard> ask(Node node, Door door) {
        long asked = System.nanoTime();
        return ask(node.uri(), door.path())
                .thenApply(answer -> new Heard(
                        door,
                        asked,
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

    private ProbeAnswer judge(Node node, List<Heard> heard) {
        // anything but a 404 may be a limiter's that was met by chance: then what the node itself tells of it counts
        heard.stream()
                .filter(Heard::isGone)
                .forEach(it -> absences.missed(node, it.door().context(), it.asked()));
        heard.stream()
                .filter(Heard::tellsOfItself)
                .forEach(it -> absences.met(node, it.door().context(), it.asked()));
        for (Heard it : heard) {
            if (it.status().isPresent()) {
                NodeStatus told = it.status().get();
                NodeReport corrected =
                        absences.corrected(node, numbers(node, it.door(), told.report()), System.nanoTime());
                return told.with(corrected).answerOf(node);
            }
        }
        return answered(
                node,
                heard.stream()
                        .filter(it -> !it.isGone())
                        .findFirst()
                        .orElse(heard.get(0))
                        .answer());
    }

    private NodeReport numbers(Node node, Door door, NodeReport told) {
        return door.path().equals(settings.path())
                ? told
                : told.byAnother(probed(node).context(), last.apply(node));
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
