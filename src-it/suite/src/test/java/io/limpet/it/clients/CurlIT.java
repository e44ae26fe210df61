package io.limpet.it.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** curl through the proxy, which has 48 MB of heap and 32 MB of buffers. */
class CurlIT {

    private static final int MEGABYTE = 1024 * 1024;

    /** A gigabyte with -Pchaos. */
    private static final int MEGABYTES = Boolean.getBoolean("limpet.it.chaos") ? 1024 : 64;

    /** How much the process may have grown at its peak, heap, buffers and code together, whatever the body's length. */
    private static final long GROWTH_KB = 64 * 1024;

    private static Tool curl;
    private static TalkCluster cluster;

    @BeforeAll
    static void start() {
        curl = Tool.named("curl");
        cluster = TalkCluster.start("curl");
    }

    @AfterAll
    static void end() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static String curl(String path, String... options) {
        String[] all = new String[options.length + 3];
        all[0] = "-sS";
        all[1] = "--fail";
        System.arraycopy(options, 0, all, 2, options.length);
        all[all.length - 1] = cluster.uri() + path;
        return curl.run(cluster.folder(), all);
    }

    @Test
    void aGetOfASessionReachesItsNode() {
        for (String node : new String[] {"n1", "n2"}) {
            String cookie = cluster.sessionOn(node);
            for (int i = 0; i < 5; i++) {
                assertThat(curl("/bodies", "--data", "x", "--cookie", cookie)).startsWith(node + " 1 ");
            }
        }
    }

    @Test
    void aPostThatExpectsToBeToldToGoOnIsToldSo() {
        String cookie = cluster.sessionOn("n2");
        String told = curl(
                "/bodies", "-v", "--cookie", cookie, "-H", "Expect: 100-continue", "--data-binary", "x".repeat(9_000));

        assertThat(told).contains("< HTTP/1.1 100", "< HTTP/1.1 200").contains("n2 9000 ");
    }

    @Test
    void whatTheNodePackedArrivesAsTheNodePackedIt() throws IOException {
        String cookie = cluster.sessionOn("n1");
        Path direct = cluster.folder().resolve("direct.gz");
        curl.run(
                cluster.folder(),
                "-sS",
                "-o",
                direct.toString(),
                cluster.nodes().get(0).uri() + "/bodies?gzip");
        Path through = cluster.folder().resolve("through.gz");
        String head = curl("/bodies?gzip", "--cookie", cookie, "-D", "-", "-o", through.toString());

        assertThat(head).contains("Content-Encoding: gzip");
        assertThat(through).hasSameBinaryContentAs(direct);
        assertThat(curl("/bodies?gzip", "--cookie", cookie, "--compressed"))
                .isEqualTo("0123456789abcdef".repeat(4_096));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--http1.1", "--http2-prior-knowledge"})
    void largeBodiesPassInBothDirectionsInLittleMemory(String version) throws IOException {
        assumeTrue(Files.isReadable(status()), "only Linux tells how large a process is");
        // what the first requests cost once
        curl("/bodies?bytes=" + 8 * MEGABYTE, version, "-o", "/dev/null");
        Path body = body();
        long before = kilobytes("VmRSS:");

        // not --data-binary: that reads the file into memory first
        String up = curl("/bodies", version, "-H", "Expect:", "-X", "POST", "-T", body.toString());
        // of which nobody knows the length
        String upInParts = curl(
                "/bodies", version, "-H", "Expect:", "-H", unknownLength(version), "-X", "POST", "-T", body.toString());
        String down = curl(
                "/bodies?bytes=" + (long) MEGABYTES * MEGABYTE,
                version,
                "-o",
                "/dev/null",
                "-w",
                "%{size_download} %{http_code} %{http_version}");

        long bytes = (long) MEGABYTES * MEGABYTE;
        assertThat(up).matches("n[12] " + bytes + " " + checksum(body));
        assertThat(upInParts).endsWith(up.substring(2));
        assertThat(down).isEqualTo(bytes + " 200 " + (version.startsWith("--http2") ? "2" : "1.1"));
        assertThat(kilobytes("VmHWM:") - before).isLessThan(GROWTH_KB);
        Files.delete(body);
    }

    private static String unknownLength(String version) {
        return version.startsWith("--http2") ? "Content-Length:" : "Transfer-Encoding: chunked";
    }

    private static Path body() throws IOException {
        Path body = cluster.folder().resolve("body");
        byte[] part = new byte[MEGABYTE];
        for (int i = 0; i < part.length; i++) {
            part[i] = (byte) ((i * 31) >>> 3);
        }
        try (var out = Files.newOutputStream(body)) {
            for (int i = 0; i < MEGABYTES; i++) {
                out.write(part);
            }
        }
        return body;
    }

    private static long checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        byte[] part = new byte[MEGABYTE];
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(part); read >= 0; read = in.read(part)) {
                checksum.update(part, 0, read);
            }
        }
        return checksum.getValue();
    }

    private static Path status() {
        return Path.of("/proc/" + cluster.proxy().pid() + "/status");
    }

    /** What this line says: VmRSS is what there is now, VmHWM the most that there ever was. */
    private static long kilobytes(String name) throws IOException {
        return Files.readAllLines(status()).stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
