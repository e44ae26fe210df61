package io.limpet.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one request of one path cost on each of some servers, asked in turns, so that whatever else the machine does
 * meets all of them. The first server is what the others are compared with.
 */
final class Samples {

    private final String path;
    private final Map<String, List<Double>> micros = new LinkedHashMap<>();

    Samples(String path) {
        this.path = path;
    }

    /**
     * One of several values that tell the same.
     *
     * @param low a tenth of the values is below it
     * @param high a tenth of the values is above it
     */
    record Median(double value, double low, double high) {

        static Median of(List<Double> values) {
            double[] sorted =
                    values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return new Median(quantile(sorted, 0.5), quantile(sorted, 0.1), quantile(sorted, 0.9));
        }

        private static double quantile(double[] sorted, double part) {
            return sorted[(int) Math.round(part * (sorted.length - 1))];
        }

        String text(String format) {
            return String.format(Locale.ROOT, format + " (" + format + "–" + format + ")", value, low, high);
        }
    }

    /** Rounds in which each server is asked for this long, forth and back. */
    void measure(List<Subject> subjects, int rounds, long millis) {
        List<Subject> order = new ArrayList<>(subjects);
        for (int round = 0; round < rounds; round++) {
            for (Subject subject : order) {
                micros.computeIfAbsent(subject.name(), name -> new ArrayList<>())
                        .add(subject.microsOfARequest(path, millis));
            }
            Collections.reverse(order);
        }
    }

    Median micros(String subject) {
        return Median.of(micros.getOrDefault(subject, List.of()));
    }

    /** To the first server, round by round. */
    Median ratio(String subject) {
        List<Double> plain = micros.values().iterator().next();
        List<Double> other = micros.getOrDefault(subject, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < other.size(); i++) {
            ratios.add(other.get(i) / plain.get(i));
        }
        return Median.of(ratios);
    }

    String path() {
        return path;
    }

    /** One line for each server. */
    List<String> table() {
        return micros.keySet().stream()
                .map(name -> String.format(
                        Locale.ROOT,
                        "%-10s %-24s %28s %24s",
                        path,
                        name,
                        micros(name).text("%.1f"),
                        ratio(name).text("%.3f")))
                .toList();
    }

    static String heading() {
        return String.format("%-10s %-24s %28s %24s", "request", "server", "CPU µs (10–90 %)", "ratio (10–90 %)");
    }
}
