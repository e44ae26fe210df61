package io.limpet.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Browser;
import io.limpet.it.cluster.Node;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A page with an EventSource and a WebSocket, in Chromium. The page itself does what a user would, and tells its node what
 * it has seen: so there is nothing between the browser and the test that could fail.
 */
class ChromiumIT {

    @Test
    void eventsAndWebSocketOfAPageMeetInTheNodeOfItsSession() throws IOException {
        try (TalkCluster cluster = TalkCluster.start("chromium")) {
            meet(cluster, cluster.uri());
            assertThat(webSockets(cluster)).singleElement().asString().contains("HTTP/1.1");
        }
    }

    /** Chromium opens its WebSocket in a stream of the connection by which the page has come (RFC 8441). */
    @Test
    void overHttp2TheyDoSoOnOneConnection() throws IOException {
        try (TalkCluster cluster = TalkCluster.start("chromium-http2")) {
            meet(cluster, cluster.secureUri());
            assertThat(webSockets(cluster)).singleElement().asString().contains("HTTP/2");
        }
    }

    private static void meet(TalkCluster cluster, URI proxy) throws IOException {
        Tool chromium = Tool.named("chromium");
        Process browser = open(chromium, cluster.folder(), proxy + "/page");
        try {
            List<String> seen = await("the page to tell")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> told(cluster), lines -> !lines.isEmpty());

            assertThat(seen).hasSize(5);
            String node = seen.get(0).substring("event: ".length());
            assertThat(node).matches("n[12]");
            assertThat(seen)
                    .contains(
                            "event: " + node,
                            "socket: " + node + ": hello",
                            "event: " + node + " heard hello",
                            "closed: 4001");
            assertThat(seen.get(1)).startsWith("protocol: talk.v1, extensions: permessage-deflate");
        } finally {
            end(browser);
        }
    }

    /** What the proxy has written of them: when they are over, which the page may tell before. */
    private static List<String> webSockets(TalkCluster cluster) {
        return await("the WebSocket in the log")
                .until(
                        () -> Files.readAllLines(cluster.accessLog()).stream()
                                .filter(line -> line.contains("\"/talk\""))
                                .toList(),
                        lines -> !lines.isEmpty());
    }

    private static List<String> told(TalkCluster cluster) {
        for (Node node : cluster.nodes()) {
            String told = new Browser(node.uri()).get("/page?told").body();
            if (!told.isBlank()) {
                return told.lines().toList();
            }
        }
        return List.of();
    }

    private static Process open(Tool chromium, Path folder, String page) throws IOException {
        return new ProcessBuilder(
                        chromium.path().toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--no-first-run",
                        "--ignore-certificate-errors",
                        // or Chromium would listen to nobody but its own debugger
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder.resolve("tmp/chromium"),
                        page)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.out").toFile())
                .start();
    }

    private static void end(Process browser) {
        List<ProcessHandle> all = browser.descendants().toList();
        browser.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        await("the browser to end")
                .until(() -> !browser.isAlive() && all.stream().noneMatch(ProcessHandle::isAlive));
    }
}
