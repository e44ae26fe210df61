package io.limpet.benchmark.proxy;

import io.limpet.benchmark.proxy.Proxy.Protocol;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The proxies that are compared, each with its own settings but for what they all have to do. */
final class Proxies {

    private static final Path SRC_IT = Path.of(System.getProperty("limpet.it.containers", ""))
            .toAbsolutePath()
            .resolveSibling(".");

    private static final Path LIMPET =
            SRC_IT.resolve("../jetty-proxy-app/target/limpet-proxy").normalize();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final List<String> HEAP = List.of("-Xms256m", "-Xmx256m");
    private static final int WARM_UP = Integer.getInteger("limpet.benchmark.warmup", 60_000);
    private static final int ANY = Integer.MAX_VALUE;

    private final Lab lab;

    Proxies(Lab lab) {
        this.lab = lab;
    }

    /** Two nodes, and what they pass bodies on to, in one process. */
    List<String> origin() {
        return List.of("nginx", "-c", lab.configuration("origin.conf").toString());
    }

    /** All; the first is what the others are compared with. */
    List<Proxy> all() {
        List<Proxy> all = new ArrayList<>();
        all.add(new Proxy(
                "HAProxy",
                List.of("haproxy", "-db", "-f", lab.configuration("haproxy.cfg").toString()),
                ports("HAPROXY"),
                1_000,
                8_000));
        all.add(new Proxy(
                "nginx",
                List.of("nginx", "-c", lab.configuration("nginx.conf").toString()),
                ports("NGINX"),
                1_000,
                ANY));
        all.add(new Proxy(
                "httpd",
                List.of(
                        "apache2",
                        "-DFOREGROUND",
                        "-f",
                        lab.configuration("httpd.conf").toString()),
                clear("HTTPD"),
                1_000,
                64));
        all.add(rival("Undertow", "UNDERTOW", "UndertowProxy"));
        all.add(rival("Jetty AsyncProxyServlet", "JETTY", "JettyAsyncProxy"));
        all.addAll(limpet());
        return all;
    }

    private Proxy rival(String name, String port, String main) {
        Path target = SRC_IT.resolve("rivals/proxies/target").normalize();
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(HEAP);
        command.addAll(List.of(
                "-cp",
                target.resolve("node.jar") + File.pathSeparator + target.resolve("lib") + File.separator + "*",
                "io.limpet.rival.proxy." + main,
                Integer.toString(lab.port(port)),
                "http://127.0.0.1:" + lab.port("N1"),
                "http://127.0.0.1:" + lab.port("N2")));
        return new Proxy(name, command, clear(port), WARM_UP, ANY);
    }

    private List<Proxy> limpet() {
        if (!hasLanes()) {
            return List.of(limpet("Limpet", "LIMPET", List.of()));
        }
        return List.of(
                limpet("Limpet, servlet lane", "SERVLET", List.of("--lane", "servlet")),
                limpet("Limpet, fast lane", "FAST", List.of("--lane", "fast")));
    }

    /** So many of Limpet, each of which knows all others. */
    List<Proxy> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(own -> limpet(
                        own == 0 ? "one of " + count : "other " + own + " of " + count,
                        "PEER_" + own,
                        count == 1 ? List.of() : List.of("--admin-peers", othersOf(own, count))))
                .toList();
    }

    private String othersOf(int own, int count) {
        return IntStream.range(0, count)
                .filter(peer -> peer != own)
                .mapToObj(peer -> "127.0.0.1:" + lab.port("PEER_" + peer + "_ADMIN"))
                .collect(Collectors.joining(","));
    }

    private boolean hasLanes() {
        Path help = lab.folder().resolve("help.log");
        Daemon.run(help, List.of("sh", LIMPET.toString(), "--help"), List.of());
        try {
            return Files.readString(help).contains("--lane");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Proxy limpet(String name, String port, List<String> more) {
        // as its launcher starts it: with the archive of its classes
        List<String> command = new ArrayList<>(List.of(
                "sh",
                LIMPET.toString(),
                "--listen",
                "127.0.0.1:" + lab.port(port),
                "--tls-listen",
                "127.0.0.1:" + lab.port(port + "_TLS"),
                "--tls-certificate",
                lab.folder().resolve("cert.pem").toString(),
                "--tls-key",
                lab.folder().resolve("key.pem").toString(),
                "--node",
                "n1=http://127.0.0.1:" + lab.port("N1"),
                "--node",
                "n2=http://127.0.0.1:" + lab.port("N2"),
                "--health-kind",
                "path",
                "--health-path",
                "/cookie",
                "--admin",
                "127.0.0.1:" + lab.port(port + "_ADMIN")));
        command.addAll(more);
        Map<Protocol, Integer> ports = clear(port);
        ports.put(Protocol.TLS, lab.port(port + "_TLS"));
        ports.put(Protocol.HTTP2, lab.port(port));
        return new Proxy(name, command, ports, WARM_UP, ANY);
    }

    private Map<Protocol, Integer> clear(String port) {
        return new EnumMap<>(Map.of(Protocol.CLEAR, lab.port(port)));
    }

    private Map<Protocol, Integer> ports(String name) {
        return Map.of(
                Protocol.CLEAR, lab.port(name),
                Protocol.TLS, lab.port(name + "_TLS"),
                Protocol.HTTP2, lab.port(name + "_H2C"));
    }
}
