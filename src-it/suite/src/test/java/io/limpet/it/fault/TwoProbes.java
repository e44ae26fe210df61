package io.limpet.it.fault;

import io.limpet.it.client.RawClient;
import io.limpet.it.cluster.Container;
import io.limpet.it.cluster.FreePorts;
import io.limpet.it.cluster.Node;
import io.limpet.it.cluster.WorkFolder;
import io.limpet.it.judge.Exchanged;
import io.limpet.it.judge.ProbeNode;
import io.limpet.it.judge.ProbeWar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** Two nodes with the probe and failover, asked past any proxy: each can be made to adopt at any moment. */
final class TwoProbes implements AutoCloseable {

    private static final String CONTEXT = "/p";
    private static final Map<String, ProbeWar> WARS = Map.of(CONTEXT, new ProbeWar(ProbeWar.Limpet.FAILOVER, Map.of()));

    private final Container container;
    private final WorkFolder work;
    private final ProbeNode first;
    private final ProbeNode second;

    private TwoProbes(Container container) {
        this.container = container;
        work = WorkFolder.create(container + "-probes");
        List<Node> nodes = List.of(
                new Node("n1", FreePorts.next(), FreePorts.next()), new Node("n2", FreePorts.next(), FreePorts.next()));
        first = ProbeNode.start(container, nodes.get(0), nodes, work, WARS);
        second = ProbeNode.start(container, nodes.get(1), nodes, work, WARS);
    }

    static TwoProbes start(Container container) {
        TwoProbes probes = new TwoProbes(container);
        try {
            probes.first.awaitReady();
            probes.second.awaitReady();
            return probes;
        } catch (RuntimeException | Error e) {
            probes.close();
            throw e;
        }
    }

    ProbeNode first() {
        return first;
    }

    ProbeNode second() {
        return second;
    }

    ProbeNode other(ProbeNode node) {
        return node == first ? second : first;
    }

    /** Has a node do the steps for whoever has this session cookie, or for nobody when it is empty. */
    static Exchanged ask(ProbeNode node, String session, String steps) {
        return ask(node, session, steps, () -> {});
    }

    /** @param atFirstByte is done when the first byte of the answer is here, and before the second is read */
    static Exchanged ask(ProbeNode node, String session, String steps, Runnable atFirstByte) {
        String path = CONTEXT + "/do?" + steps;
        try {
            return Exchanged.of(
                    session.isEmpty()
                            ? RawClient.get(node.uri(), path, atFirstByte)
                            : RawClient.get(node.uri(), path, atFirstByte, "Cookie: JSESSIONID=" + session));
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }

    /** What the application's listeners of a node heard since somebody asked last. */
    static String events(ProbeNode node) {
        try {
            return RawClient.get(node.uri(), CONTEXT + "/events").text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The session cookie that the answer sets, as the proxy would hand it to the node, or the one there was. */
    static String session(Exchanged answer, String before) {
        return answer.all("Set-Cookie").stream()
                .filter(line -> line.startsWith("JSESSIONID="))
                .map(line ->
                        line.substring("JSESSIONID=".length()).split(";", 2)[0].replaceFirst("\\.n[12]$", ""))
                .reduce(before, (earlier, later) -> later);
    }

    @Override
    public void close() {
        ProbeNode.closeAll(List.of(first, second));
    }

    @Override
    public String toString() {
        return container.toString();
    }
}
