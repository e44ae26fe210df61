package io.limpet.proxy;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Inbound;
import io.limpet.proxy.config.Lane;
import io.limpet.proxy.config.Limits;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Reading;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import io.limpet.proxy.config.SettingsSource;
import io.limpet.proxy.config.Timeouts;
import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeState;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Ordered;
import io.limpet.proxy.node.TakeoverLine;
import io.limpet.proxy.reload.Reload;
import io.limpet.proxy.tls.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;

/** The proxy on a free port, and a client that sends what it is told byte for byte. */
final class TestProxy implements AutoCloseable {

    /** {@code -Dlimpet.lane} says which of them the tests take. */
    static final Lane LANE =
            Lane.of(System.getProperty("limpet.lane", Setting.LANE.fallback())).orElseThrow();

    private final Ledger ledger = new Ledger();
    private final ProxyServer server;

    private TestProxy(ProxySettings settings) {
        this(settings, Journal.NONE);
    }

    private TestProxy(ProxySettings settings, Journal first) {
        server = new ProxyServer(settings, List.of(first, ledger.journal()));
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A proxy that probes its nodes once and then leaves them alone: what it learns, it learns from requests. */
    static TestProxy over(Node... nodes) {
        return over(Duration.ofSeconds(20), nodes);
    }

    static TestProxy over(Duration idle, Node... nodes) {
        return new TestProxy(TestSettings.settings(idle, nodes));
    }

    static TestProxy over(Duration idle, Limits limits, Node... nodes) {
        return new TestProxy(
                TestSettings.settings(new Timeouts(Duration.ofSeconds(2), idle, Duration.ofMinutes(1)), limits, nodes));
    }

    /** The same, whose requests are told to this journal first. */
    static TestProxy telling(Journal first, Node... nodes) {
        return new TestProxy(TestSettings.settings(Duration.ofSeconds(20), nodes), first);
    }

    /** Where operators look. */
    URI admin() {
        return URI.create("http://" + server.adminAddress().orElseThrow());
    }

    static TestProxy over(Timeouts timeouts, Node... nodes) {
        return new TestProxy(TestSettings.settings(timeouts, nodes));
    }

    /** A proxy that is set as an operator would, for these nodes. */
    static TestProxy given(GivenSettings given, Node... nodes) {
        GivenSettings all = new GivenSettings()
                .add(Setting.ADMIN, "off", "")
                .add(Setting.LANE, LANE.toString(), "")
                .overriddenBy(given)
                .add(Setting.LISTEN, "127.0.0.1:0", "");
        for (Node node : nodes) {
            all.add(Setting.NODES, node + "=" + node.uri(), "");
        }
        return new TestProxy(SettingsReader.read(all));
    }

    /** A proxy with these settings. */
    static TestProxy with(ProxySettings settings) {
        return new TestProxy(settings);
    }

    /** A proxy that reads this file, and again when it is told to. */
    static TestProxy following(Path file) {
        GivenSettings own =
                new GivenSettings().add(Setting.LANE, LANE.toString(), "").add(Setting.LISTEN, "127.0.0.1:0", "");
        SettingsSource source = SettingsSource.of(file, own, Map.of());
        Reading read = source.read();
        TestProxy proxy = new TestProxy(read.settings());
        // started already: no SIGHUP comes here
        proxy.server.follow(new Reload(source, read, proxy.server::apply), Optional.empty());
        return proxy;
    }

    /** A proxy that clients reach in this way. */
    static TestProxy behind(Inbound inbound, Node... nodes) {
        return behind(Duration.ofSeconds(20), inbound, nodes);
    }

    static TestProxy behind(Duration idle, Inbound inbound, Node... nodes) {
        return new TestProxy(TestSettings.settings(
                new Timeouts(Duration.ofSeconds(2), idle, Duration.ofMinutes(1)), TestSettings.LIMITS, inbound, nodes));
    }

    static TestProxy behind(Inbound inbound, Limits limits, Node... nodes) {
        Timeouts timeouts = new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofMinutes(1));
        return new TestProxy(TestSettings.settings(timeouts, limits, inbound, nodes));
    }

    /** A proxy that takes the word of these for its nodes' certificates. */
    static TestProxy trusting(Trust trust, Node... nodes) {
        return new TestProxy(TestSettings.trusting(trust, nodes));
    }

    /** What the proxy takes this node for at the moment. */
    NodeState state(Node node) {
        return server.nodes().named(node.route()).orElseThrow().state();
    }

    /** Whether the node has told which applications it has. */
    boolean tells(Node node) {
        return !server.nodes()
                .named(node.route())
                .orElseThrow()
                .report()
                .applications()
                .isEmpty();
    }

    /** What the proxy knows of this node. */
    Nodes.Member known(Node node) {
        return server.nodes().named(node.route()).orElseThrow();
    }

    /** What the metrics tell of the requests that are over. */
    Scrape scrape() {
        ledger.awaitBalance();
        return ledger.scrape();
    }

    /** Whether the node has told anything of itself. */
    boolean isProbed(Node node) {
        return known(node).report().known();
    }

    /** The requests that are on their way to this node, those that wait for it among them. */
    int inFlight(Node node) {
        return known(node).inFlight().count();
    }

    /** The sessions that have begun on this node for all that is known, and that it has not told of yet. */
    long fresh(Node node) {
        return known(node).share().fresh();
    }

    /** The requests that wait for a connection to this node, as the metrics tell. */
    int queued(Node node) {
        return server.queued(node);
    }

    /** Has the node drained. */
    void drain(Node node) {
        drain(node, Duration.ofMinutes(1));
    }

    /** The same, in this time at the latest. */
    void drain(Node node, Duration deadline) {
        server.states().order(new Ordered(node.route(), "", Order.DRAINING, deadline));
    }

    /** Takes the node out. */
    void maintain(Node node) {
        server.states().order(new Ordered(node.route(), "", Order.MAINTENANCE, Duration.ZERO));
    }

    /** The requests that wait for another node. */
    TakeoverLine takeovers() {
        return server.takeovers();
    }

    /** From now on these settings. */
    void apply(ProxySettings changed) {
        server.apply(changed);
    }

    int port() {
        return server.address().port();
    }

    /** Where it speaks TLS. */
    int tlsPort() {
        return server.tlsAddress().orElseThrow().port();
    }

    /** A GET on a connection of its own. */
    RawResponse get(String path, String... headerLines) {
        return send("GET " + path + " HTTP/1.1", "", headerLines);
    }

    /** A POST with a length on a connection of its own. */
    RawResponse post(String path, String body, String... headerLines) {
        String[] lines = new String[headerLines.length + 1];
        System.arraycopy(headerLines, 0, lines, 0, headerLines.length);
        lines[headerLines.length] = "Content-Length: " + body.length();
        return send("POST " + path + " HTTP/1.1", body, lines);
    }

    RawResponse send(String requestLine, String body, String... headerLines) {
        StringBuilder request = new StringBuilder(requestLine).append("\r\n");
        for (String line : headerLines) {
            request.append(line).append("\r\n");
        }
        if (List.of(headerLines).stream().noneMatch(line -> line.startsWith("Host:"))) {
            request.append("Host: shop.example\r\n");
        }
        return sendRaw(request + "Connection: close\r\n\r\n" + body);
    }

    RawResponse sendRaw(String text) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readAllBytes();
            return RawResponse.of(new String(answer, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WireClient client() throws IOException {
        return new WireClient(port(), Duration.ofSeconds(20));
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Stops with whatever is under way. */
    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Every request that went to a node must have left it: a count that stays would turn new sessions away. And every one
     * that came must be over, for one reason.
     */
    @Override
    public void close() {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .until(() -> server.nodes().all().stream()
                        .allMatch(member -> member.inFlight().count() == 0));
        try {
            ledger.awaitBalance();
        } finally {
            stop();
            ledger.close();
        }
    }
}
