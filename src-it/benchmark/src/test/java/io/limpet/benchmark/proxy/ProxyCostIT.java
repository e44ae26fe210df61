package io.limpet.benchmark.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.benchmark.proxy.Sheet.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What proxying costs: HAProxy, nginx, httpd, Undertow, Jetty and Limpet with the same task. {@code
 * -Dlimpet.benchmark.rounds}, {@code .seconds}, {@code .warmup} and {@code .cases} (a part of their names) make it
 * shorter.
 */
class ProxyCostIT {

    private static final int ROUNDS = Integer.getInteger("limpet.benchmark.rounds", 7);
    private static final int SECONDS = Integer.getInteger("limpet.benchmark.seconds", 3);
    private static final String CASES = System.getProperty("limpet.benchmark.cases", "");
    private static final String PROXIES = System.getProperty("limpet.benchmark.proxies", "");
    private static final int RATE = 2_000;
    private static final String AT_RATE = "1 KB GET, " + RATE + "/s";

    private final Sheet sheet = new Sheet();

    @Test
    void allProxiesAnswerRightAndTheirCostsArePrinted() throws IOException {
        Lab lab = new Lab();
        Proxies proxies = new Proxies(lab);
        List<Proxy> compared = proxies.all().stream()
                .filter(it -> Stream.of(PROXIES.split(",")).anyMatch(it.name()::contains))
                .toList();
        List<Case> cases = Case.ALL.stream()
                .filter(it -> Stream.of(CASES.split(";")).anyMatch(it.name()::contains))
                .toList();
        try (Comparison comparison = new Comparison(lab, sheet)) {
            comparison.startOrigin(proxies.origin(), lab.port("N1"));
            compared.forEach(comparison::start);
            for (Proxy proxy : compared) {
                assertThat(comparison.ask(proxy.port(Proxy.Protocol.CLEAR), "n2"))
                        .as(proxy.name())
                        .isEqualTo("n2 a=b; JSESSIONID=4F2A; c=d");
            }
            print(sheet.table("start", Metric.START_MILLIS, Metric.IDLE_MEGABYTES));
            comparison.atRate(AT_RATE, new FixedRate(RATE), ROUNDS, SECONDS);
            print(sheet.table(AT_RATE, Metric.CPU_MICROS, Metric.P50_MICROS, Metric.P99_MICROS, Metric.P999_MICROS));
            for (Case measured : cases) {
                comparison.saturate(measured, ROUNDS, SECONDS);
                print(sheet.table(
                        measured.name(), Metric.CPU_MICROS, Metric.REQUESTS_A_SECOND, Metric.MEGABYTES, Metric.ERRORS));
            }
        }
        Path results = lab.folder();
        sheet.writeTo(results.resolve("proxies.csv"));
        Ratios.draw(sheet, cases.stream().map(Case::name).toList(), results.resolve("proxies"));
        print("proxies.csv and proxies.png are in " + results);
    }

    private static void print(String text) {
        System.out.println(text);
    }
}
