package io.limpet.benchmark.proxy;

import io.limpet.benchmark.proxy.Proxy.Protocol;
import io.limpet.benchmark.proxy.Sheet.Metric;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * What becomes of the costs with the number of connections and of proxies; {@code ChooserCostIT} has that of nodes. {@code -Dlimpet.benchmark.rounds} and
 * {@code .seconds} make it shorter, {@code .most.proxies} takes fewer than 100 JVMs.
 */
class ScaleCostIT {

    private static final int ROUNDS = Integer.getInteger("limpet.benchmark.rounds", 7);
    private static final int SECONDS = Integer.getInteger("limpet.benchmark.seconds", 3);
    private static final int MOST_PROXIES = Integer.getInteger("limpet.benchmark.most.proxies", 100);

    private static final List<Integer> POWERS = List.of(1, 10, 100, 1_000, 8_000);
    private static final Sheet SHEET = new Sheet();
    private static final Lab LAB = new Lab();

    @AfterAll
    static void keep() {
        SHEET.writeTo(LAB.folder().resolve("scale.csv"));
        print("scale.csv and the pictures are in " + LAB.folder());
    }

    @Test
    void anIdleConnectionAndARequestOfManyConnections() throws IOException {
        Proxies proxies = new Proxies(LAB);
        List<Case> cases = POWERS.stream()
                .map(connections ->
                        new Case("1 KB GET, connections: " + connections, "/1k", 0, connections, Protocol.CLEAR))
                .toList();
        List<Proxy> compared = proxies.all().stream()
                .filter(it -> Stream.of("HAProxy", "Limpet").anyMatch(it.name()::startsWith))
                .toList();
        try (Comparison comparison = new Comparison(LAB, SHEET)) {
            comparison.startOrigin(proxies.origin(), LAB.port("N1"));
            compared.forEach(comparison::start);
            comparison.warmUp(Case.SMALL);
            for (int connections : POWERS.subList(3, POWERS.size())) {
                String name = "idle connections: " + connections;
                for (Proxy proxy : compared) {
                    comparison.connect(name, proxy, connections);
                }
                print(SHEET.table(name, Metric.KILOBYTES_A_CONNECTION));
            }
            for (Case measured : cases) {
                comparison.saturate(measured, ROUNDS, SECONDS);
                print(SHEET.table(measured.name(), Metric.CPU_MICROS, Metric.REQUESTS_A_SECOND, Metric.ERRORS));
            }
        }
        Curve.draw(SHEET, cases.stream().map(Case::name).toList(), LAB.folder().resolve("connections"));
    }

    @Test
    void oneProxyAmongMany() {
        for (int count : List.of(1, 10, 100)) {
            if (count <= MOST_PROXIES) {
                among(count);
            }
        }
    }

    private static void among(int count) {
        Lab lab = new Lab();
        Proxies proxies = new Proxies(lab);
        String name = "proxies: " + count;
        try (Comparison comparison = new Comparison(lab, SHEET)) {
            comparison.startOrigin(proxies.origin(), lab.port("N1"));
            proxies.peers(count).forEach(comparison::start);
            comparison.idle(name, 10);
        }
        print(SHEET.table(name, Metric.CPU_MILLIS_A_SECOND));
    }

    private static void print(String text) {
        System.out.println(text);
    }
}
