package io.limpet.benchmark.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** All that was measured, value by value. */
final class Sheet {

    /** What is measured. */
    enum Metric {
        CPU_MICROS("CPU µs a request"),
        REQUESTS_A_SECOND("requests a second"),
        ERRORS("errors"),
        MEGABYTES("MB resident"),
        KILOBYTES_A_CONNECTION("KB resident for each idle connection"),
        CPU_MILLIS_A_SECOND("CPU ms a second without a request"),
        P50_MICROS("p50 µs"),
        P99_MICROS("p99 µs"),
        P999_MICROS("p99.9 µs"),
        START_MILLIS("ms to the first answer"),
        IDLE_MEGABYTES("MB resident when started");

        private final String text;

        Metric(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** The middle of some values, and their range. */
    record Spread(double median, double lowest, double highest) {

        static Spread of(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }

        String text(String format) {
            return String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", median, lowest, highest);
        }
    }

    private record Key(String measured, String proxy, Metric metric) {}

    private final Map<Key, List<Double>> values = new LinkedHashMap<>();

    void add(String measured, String proxy, Metric metric, double value) {
        values.computeIfAbsent(new Key(measured, proxy, metric), key -> new ArrayList<>())
                .add(value);
    }

    /** Those of which there is such a value, in the order in which they came. */
    List<String> proxies(String measured, Metric metric) {
        return values.keySet().stream()
                .filter(key -> key.measured().equals(measured) && key.metric() == metric)
                .map(Key::proxy)
                .toList();
    }

    Spread of(String measured, String proxy, Metric metric) {
        return Spread.of(rounds(measured, proxy, metric));
    }

    /** To another proxy, round by round. */
    Spread ratio(String measured, String proxy, String base, Metric metric) {
        List<Double> own = rounds(measured, proxy, metric);
        List<Double> others = rounds(measured, base, metric);
        return Spread.of(IntStream.range(0, Math.min(own.size(), others.size()))
                .mapToObj(round -> own.get(round) / others.get(round))
                .toList());
    }

    private List<Double> rounds(String measured, String proxy, Metric metric) {
        return values.getOrDefault(new Key(measured, proxy, metric), List.of());
    }

    /** A table in Markdown: a line for each proxy, with the ratio to the first in the first metric. */
    String table(String measured, Metric... metrics) {
        List<String> proxies = proxies(measured, metrics[0]);
        StringBuilder table = new StringBuilder("| " + measured);
        Arrays.stream(metrics).forEach(metric -> table.append(" | ").append(metric));
        table.append(" | × ").append(proxies.get(0)).append(" |\n|---|");
        table.append("---|".repeat(metrics.length + 1)).append('\n');
        for (String proxy : proxies) {
            table.append("| ").append(proxy);
            for (Metric metric : metrics) {
                table.append(" | ").append(of(measured, proxy, metric).text("%.1f"));
            }
            table.append(" | ")
                    .append(ratio(measured, proxy, proxies.get(0), metrics[0]).text("%.2f"))
                    .append(" |\n");
        }
        return table.toString();
    }

    /** All values, one a line. */
    void writeTo(Path csv) {
        List<String> lines = new ArrayList<>(List.of("case,proxy,metric,round,value"));
        values.forEach((key, rounds) -> {
            for (int round = 0; round < rounds.size(); round++) {
                lines.add(String.format(
                        Locale.ROOT,
                        "\"%s\",\"%s\",%s,%d,%.3f",
                        key.measured(),
                        key.proxy(),
                        key.metric().name(),
                        round,
                        rounds.get(round)));
            }
        });
        try {
            Files.write(csv, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
