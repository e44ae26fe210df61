package io.limpet.proxy;

import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Collectors;

/**
 * A node with applications that have the filter, and a container that answers as it does where there is none. The root's
 * answers so, too, to all but {@code /home}, with its filter's word. Each tells of a request that is inside it.
 *
 * @param mapped the context paths at which the container finds an application
 * @param told the context paths of which each application's status tells
 * @param elsewhere the status line, and the headers, where there is no application
 */
record DeployedNode(String name, Set<String> mapped, Set<String> told, String elsewhere) {

    private static final String STATUS = "/limpet/status";

    static DeployedNode of(String name, String... contexts) {
        return new DeployedNode(
                name,
                new CopyOnWriteArraySet<>(Set.of(contexts)),
                new CopyOnWriteArraySet<>(Set.of(contexts)),
                "404 Not Found");
    }

    /** Started. */
    static SocketNode node(String name, String... contexts) {
        return of(name, contexts).start();
    }

    /** Of two nodes, which have told of their applications by now. */
    static TestProxy proxy(String interval, SocketNode... nodes) {
        return proxy(new GivenSettings(), interval, nodes);
    }

    static TestProxy proxy(GivenSettings more, String interval, SocketNode... nodes) {
        GivenSettings probed = more.add(Setting.HEALTH_PATH, "/shop/limpet/status", "")
                .add(Setting.HEALTH_INTERVAL, interval, "")
                .add(Setting.HEALTH_TIMEOUT, "20s", ""); // the first probe is the only one for ten minutes
        TestProxy proxy = TestProxy.given(probed, nodes[0].node(), nodes[1].node());
        await().atMost(Duration.ofSeconds(20))
                .until(() -> proxy.tells(nodes[0].node()) && proxy.tells(nodes[1].node()));
        return proxy;
    }

    /** Which node has answered; empty when none has. */
    static String by(RawResponse answer) {
        return String.join(",", answer.values("Served-By"));
    }

    /** The same applications, and this where there is none. */
    DeployedNode elsewhere(String head) {
        return new DeployedNode(name, mapped, told, head);
    }

    SocketNode start() {
        return SocketNode.start(name, this::serve);
    }

    void undeploy(String context) {
        mapped.remove(context);
        told.remove(context);
    }

    private void serve(String head, Socket connection) throws IOException {
        String path = head.substring(head.indexOf(' ') + 1, head.indexOf(" HTTP"));
        Optional<String> context =
                mapped.stream().filter(it -> path.startsWith(it + "/")).max(Comparator.comparingInt(String::length));
        boolean found = context.isPresent()
                && (!context.get().isEmpty() || Set.of("/home", STATUS).contains(path));
        String body = !found ? "<html></html>" : path.endsWith(STATUS) ? status() : "";
        String word = context.map(it -> "Limpet-Session: kept; live=0; seq=1; context=" + it + "\r\n")
                .orElse("");
        SocketNode.write(
                connection,
                "HTTP/1.1 " + (found ? "200 OK" : elsewhere) + "\r\nServed-By: " + name + "\r\n" + word
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private String status() {
        return new TreeSet<>(told)
                .stream()
                        .map(context -> "{\"context\":\"" + context + "\",\"sessions\":0,\"seq\":1,\"inFlight\":1}")
                        .collect(Collectors.joining(
                                ",", "{\"node\":\"" + name + "\",\"state\":\"ready\",\"applications\":[", "]}"));
    }
}
