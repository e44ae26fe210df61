package io.limpet.it.servers;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.RawClient;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.Operator;
import io.limpet.it.cluster.Program;
import io.limpet.it.cluster.ProxyProgram;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.ProbeWar;
import io.limpet.it.judge.ProbeWar.Limpet;
import io.limpet.it.judge.SameAsBareJudge;
import io.limpet.it.judge.TaggingJudge;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The judges' application on three nodes of one server: without Limpet, and with the filter on two behind the proxy. It
 * throws what there is to throw, so nobody looks at its logs.
 */
final class Probed implements AutoCloseable {

    /** Jetty would not start it without a place where it finds users. */
    private static final Map<String, String> WITHOUT_USERS = Map.of(ProbeWar.NO_LOGIN, "true");

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ReleasedServer server;
    private final WorkFolder work;
    private final Node bare = new Node("bare", FreePorts.next(), FreePorts.next());
    private final List<Node> filtered = List.of(
            new Node("n1", FreePorts.next(), FreePorts.next()), new Node("n2", FreePorts.next(), FreePorts.next()));
    private final int port = FreePorts.next();
    private final List<Program> programs = new ArrayList<>();

    private Probed(ReleasedServer server) {
        this.server = server;
        work = WorkFolder.create(server.toString());
    }

    static Probed start(ReleasedServer server) {
        Probed probed = new Probed(server);
        try {
            probed.startAll();
            return probed;
        } catch (RuntimeException | Error e) {
            probed.close();
            throw e;
        }
    }

    private void startAll() {
        Path wars = work.folder().resolve("tmp");
        programs.add(
                server.start(bare, work, new ProbeWar(Limpet.NONE, WITHOUT_USERS).writeTo(wars, "bare"), Map.of()));
        Path war = new ProbeWar(Limpet.FILTER, WITHOUT_USERS).writeTo(wars, "filtered");
        for (Node node : filtered) {
            programs.add(server.start(node, work, war, Map.of("LIMPET_NODE", node.name())));
        }
        server.awaitReady(bare, programs.get(0));
        server.awaitReady(filtered.get(0), programs.get(1));
        server.awaitReady(filtered.get(1), programs.get(2));
        List<String> java = List.of("-Xmx256m", "-XX:+UseSerialGC", Program.lifeline());
        programs.add(ProxyProgram.start(work, java, port, filtered, List.of("--health-rise", "1")));
        for (Node node : filtered) {
            // where the application is the bare one, nothing would differ
            awaitThat("the filter on " + node.name(), node.uri(), "/limpet/status", "\"node\":\"" + node.name() + "\"");
            awaitThat("the proxy to use " + node.name(), ProxyProgram.uri(port), "/do?create", "." + node.name() + ";");
        }
    }

    private static void awaitThat(String what, URI origin, String path, String answered) {
        await(what)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions()
                .until(() -> RawClient.get(origin, path).text().contains(answered));
    }

    /** Whatever the application does, behind each session that it writes stands one route. */
    static void eachSessionIsTaggedOnce(Subject subject) {
        Probed probed = subject.probed();
        new TaggingJudge(probed.bare.uri(), probed.server.sessionValue())
                .assertTaggedOnce(ProxyProgram.uri(probed.port));
        Operator.assertReasonsAddUp(probed.programs.get(probed.programs.size() - 1)); // the proxy
    }

    /** Asked without the proxy, the application behaves with the filter as without it. */
    static void theFilterIsNotSeen(Subject subject) {
        Probed probed = subject.probed();
        Node node = probed.filtered.get(0);
        new SameAsBareJudge(probed.server.toString(), probed.server.recipe().quirks())
                .assertSame(probed.bare.uri(), node.uri(), node.name());
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }
}
