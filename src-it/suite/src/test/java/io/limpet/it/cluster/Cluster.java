package io.limpet.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Browser;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Nodes n1, n2, … of one server with the shop, and the proxy before them, each a process.
 *
 * <p>For one thread; the browsers that it gives out are for any. Whoever closes it learns of every error that any of the
 * processes logged.
 */
public final class Cluster implements AutoCloseable {

    private final Server server;
    private final Failover failover;
    private final WorkFolder work;
    private final List<Node> nodes;
    private final Map<String, Program> programs = new TreeMap<>();
    private final int proxyPort = FreePorts.next();
    private final List<String> proxyOptions;
    private Optional<Secret> secret;
    private Program proxy;

    private Cluster(
            Server server, List<Node> nodes, Failover failover, Optional<Secret> secret, List<String> proxyOptions) {
        this.server = server;
        this.proxyOptions = proxyOptions;
        this.failover = failover;
        this.secret = secret;
        work = WorkFolder.create(server + (failover == Failover.OFF ? "" : "-failover"));
        this.nodes = nodes;
        nodes.forEach(this::launch);
        // behind them, or it would find none of them up and say so as an error
        awaitNodes();
        proxy = launchProxy();
    }

    /** Starts all, and returns when all nodes are healthy and the proxy uses each. */
    public static Cluster start(Server server, int size, Failover failover) {
        return start(server, numbered(size), failover, Optional.empty());
    }

    /** Starts all, with these options of the proxy. */
    public static Cluster start(Server server, int size, Failover failover, List<String> proxyOptions) {
        return start(server, numbered(size), failover, Optional.empty(), proxyOptions);
    }

    /** Starts all with one secret. */
    public static Cluster start(Server server, int size, Failover failover, Secret secret) {
        return start(server, numbered(size), failover, Optional.of(secret));
    }

    /** Starts all with one secret and these options of the proxy. */
    public static Cluster start(Server server, int size, Failover failover, Secret secret, List<String> proxyOptions) {
        return start(server, numbered(size), failover, Optional.of(secret), proxyOptions);
    }

    /** Starts all on hosts of their own, n1 on the first. */
    public static Cluster start(Server server, Networks networks, Failover failover) {
        List<Host> hosts = networks.hosts();
        List<Node> nodes = IntStream.rangeClosed(1, hosts.size())
                .mapToObj(n -> new Node("n" + n, hosts.get(n - 1), FreePorts.next(), FreePorts.next()))
                .toList();
        return start(server, nodes, failover, Optional.empty());
    }

    private static List<Node> numbered(int size) {
        return IntStream.rangeClosed(1, size).mapToObj(Node::numbered).toList();
    }

    private static Cluster start(Server server, List<Node> nodes, Failover failover, Optional<Secret> secret) {
        return start(server, nodes, failover, secret, List.of());
    }

    private static Cluster start(
            Server server, List<Node> nodes, Failover failover, Optional<Secret> secret, List<String> proxyOptions) {
        Cluster cluster = new Cluster(server, nodes, failover, secret, proxyOptions);
        try {
            cluster.awaitWhole();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.endAll();
            throw e;
        }
    }

    private void launch(Node node) {
        Map<String, String> environment =
                new HashMap<>(failover.environment(work.folder().getFileName().toString(), node, nodes));
        environment.put("LIMPET_NODE", node.name());
        secret.ifPresent(it -> environment.putAll(it.environment()));
        programs.put(node.name(), server.start(node, work, Artifact.WAR.path(), environment));
    }

    private Program launchProxy() {
        List<String> java = List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline());
        Map<String, String> environment =
                new HashMap<>(secret.map(Secret::proxyEnvironment).orElse(Map.of()));
        environment.put(Operator.TOKEN_NAME, Operator.TOKEN);
        return ProxyProgram.start(work, java, proxyPort, nodes, proxyOptions, environment);
    }

    /** Who operates the proxy. */
    public Operator operator() {
        return new Operator(proxy, work);
    }

    /** A second proxy in front of the same nodes, on a port of its own. */
    public Program anotherProxy(int port) {
        return ProxyProgram.start(
                work, List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline()), port, nodes, proxyOptions);
    }

    /** Every process that starts from now on has this secret; those that run keep theirs. */
    public void secret(Secret next) {
        secret = Optional.of(next);
    }

    /** Ends the proxy in its order and starts it again; returns when it uses each node. */
    public void restartProxy() {
        proxy.stop();
        proxy = launchProxy();
        awaitWhole();
    }

    /** What its nodes run in. */
    public Server server() {
        return server;
    }

    /** Where the proxy is. */
    public URI uri() {
        return ProxyProgram.uri(proxyPort);
    }

    /** A new visitor of the shop, through the proxy. */
    public Browser browser() {
        return new Browser(uri());
    }

    /** All nodes, dead ones too. */
    public List<Node> nodes() {
        return nodes;
    }

    /** All but that one. */
    public List<Node> others(String name) {
        return nodes.stream().filter(node -> !node.name().equals(name)).toList();
    }

    /** {@code kill -9}. */
    public void kill(String name) {
        program(name).kill();
    }

    /** SIGTERM; returns when the node has ended in its order. */
    public void stop(String name) {
        program(name).stop();
    }

    /** {@code SIGSTOP}: it keeps its connections, and says nothing more. */
    public void suspend(String name) {
        program(name).signal("STOP");
    }

    /** {@code SIGCONT}. */
    public void resume(String name) {
        program(name).signal("CONT");
    }

    /** The lines of a node's log that contain each of these. */
    public List<String> said(String name, String... words) {
        return program(name).said(words);
    }

    private Program program(String name) {
        Program program = programs.get(name);
        if (program == null) {
            throw new IllegalArgumentException("no node '" + name + "' among " + programs.keySet());
        }
        return program;
    }

    /** Starts a node that has ended; it may not be well yet. */
    public void launch(String name) {
        nodes.stream().filter(node -> node.name().equals(name)).forEach(this::launch);
    }

    /** Starts the nodes that have ended, and waits until the cluster is whole. */
    public void repair() {
        nodes.stream().filter(node -> !program(node.name()).isAlive()).forEach(this::launch);
        awaitWhole();
    }

    /** Fails when the proxy or a node that nobody ended is gone. */
    public void assertAlive() {
        assertThat(proxy.isAlive()).as("the proxy lives").isTrue();
        programs.forEach((name, program) ->
                assertThat(program.isAlive()).as(name + " lives").isTrue());
    }

    private void awaitWhole() {
        awaitNodes();
        health().awaitWhole(this::browser);
    }

    private void awaitNodes() {
        try {
            nodes.forEach(node -> server.awaitReady(node, program(node.name())));
        } catch (RuntimeException | Error e) {
            programs.values().forEach(Program::close);
            throw e;
        }
    }

    /** Whether the node says that all is well. */
    public boolean isWell(String name) {
        return nodes.stream().filter(node -> node.name().equals(name)).allMatch(health()::isWell);
    }

    private Health health() {
        return new Health(nodes, failover, secret);
    }

    /** The server's name. */
    @Override
    public String toString() {
        return server.toString();
    }

    /**
     * Ends all processes, then fails if any of them ever logged an error or a stack trace, or if the proxy's reasons do not
     * add up to its requests.
     */
    @Override
    public void close() {
        try {
            operator().assertReasonsAddUp();
        } finally {
            endAll();
        }
        Logs.assertClean(work);
        work.deleteTemporary();
    }

    private void endAll() {
        try {
            proxy.close(); // first: it would say as an error that no node is up
        } finally {
            Program.closeAll(programs.values());
        }
    }
}
