package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsReader;
import io.limpet.proxy.tls.TestCertificate;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** nghttp2's h2load: 10 connections with 10 streams each. */
class H2loadTest {

    private static final int REQUESTS = 2_000;

    @TempDir
    private Path directory;

    /** As the black-box tests get theirs, which this module cannot see: from Debian, where the build may install it. */
    @BeforeAll
    static void isInstalled() throws InterruptedException {
        if (!isOnPath() && "root".equals(System.getProperty("user.name"))) {
            install();
        }
        if (!isOnPath()) {
            System.getLogger(H2loadTest.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "skipped: there is no h2load here (apt-get install nghttp2-client)");
            abort("h2load is not installed");
        }
    }

    private static boolean isOnPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "h2load")));
    }

    private static void install() throws InterruptedException {
        try {
            Process install = new ProcessBuilder(
                            "apt-get",
                            "-y",
                            "--no-install-recommends",
                            "-oDPkg::Lock::Timeout=120",
                            "install",
                            "nghttp2-client")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!install.waitFor(5, TimeUnit.MINUTES)) {
                install.destroyForcibly();
            }
        } catch (IOException e) {
            // no Debian: isOnPath() says so
        }
    }

    private String load(String uri) throws IOException, InterruptedException {
        Path said = directory.resolve("h2load.txt");
        Process h2load = new ProcessBuilder(
                        "h2load", "-n" + REQUESTS, "-c10", "-m10", "-HCookie: JSESSIONID=4F2A.n1", uri)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            assertThat(h2load.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            h2load.destroyForcibly();
        }
        return Files.readString(said);
    }

    private static void allAreServed(String said, RawNode owner, RawNode other) {
        assertThat(said).contains(REQUESTS + " succeeded, 0 failed", "status codes: " + REQUESTS + " 2xx");
        assertThat(owner.requests()).hasSize(REQUESTS);
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void everyRequestInClearReachesTheSessionsNode() throws Exception {
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.over(n1.node(), n2.node())) {
            allAreServed(load("http://127.0.0.1:" + proxy.port() + "/"), n1, n2);
        }
    }

    @Test
    void everyRequestOverTlsReachesTheSessionsNode() throws Exception {
        TestCertificate certificate = TestCertificate.in(directory, "shop");
        GivenSettings given = new GivenSettings()
                .add(Setting.NODES, "n1=http://127.0.0.1:1", "--node")
                .add(Setting.TLS_LISTEN, "127.0.0.1:0", "--tls-listen")
                .add(Setting.TLS_KEYSTORE, certificate.keyStore().toString(), "--tls-keystore")
                .add(Setting.TLS_PASSWORD, TestCertificate.PASSWORD, "LIMPET_TLS_PASSWORD");
        try (RawNode n1 = RawNode.answering("n1");
                RawNode n2 = RawNode.answering("n2");
                TestProxy proxy = TestProxy.behind(SettingsReader.read(given).inbound(), n1.node(), n2.node())) {
            String said = load("https://127.0.0.1:" + proxy.tlsPort() + "/");
            assertThat(said).contains("Application protocol: h2");
            allAreServed(said, n1, n2);
        }
    }
}
