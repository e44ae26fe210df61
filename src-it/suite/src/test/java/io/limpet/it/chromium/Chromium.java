package io.limpet.it.chromium;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.limpet.it.clients.DebianProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A headless Chromium with a profile of its own, driven by the DevTools protocol over the JDK's WebSocket: a driver would
 * bring a program of its own for each browser version, or Node.js.
 */
public final class Chromium implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long STOP_LIMIT_SECONDS = 20;

    private final Process process;
    private final String address;
    private final HttpClient http = HttpClient.newHttpClient();

    private Chromium(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one; skips the test, and says so, when there is none and none can be installed. */
    public static Chromium start(Path profile) {
        Path program = DebianProgram.find("chromium", "chromium", "chromium-browser", "google-chrome");
        List<String> command = List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("chromium.log").toFile())
                    .start();
            return new Chromium(process, awaitAddress(process, profile));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String awaitAddress(Process process, Path profile) throws IOException {
        Path port = profile.resolve("DevToolsActivePort");
        try {
            await("Chromium")
                    .atMost(START_LIMIT)
                    .until(() -> Files.exists(port) && Files.readString(port).contains("\n"));
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
        return "http://127.0.0.1:" + Files.readAllLines(port).get(0);
    }

    /** A new tab with this page. */
    public Page open(URI uri) {
        try {
            String target = http.send(
                            HttpRequest.newBuilder(URI.create(address + "/json/new?about:blank"))
                                    .PUT(HttpRequest.BodyPublishers.noBody())
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            URI socket = URI.create(new ObjectMapper()
                    .readTree(target)
                    .path("webSocketDebuggerUrl")
                    .asText());
            Page page = new Page(DevTools.connect(http, socket));
            page.go(uri);
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
