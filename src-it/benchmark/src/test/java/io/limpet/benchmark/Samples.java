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

    /**
     * A tenth of a second with what costs least. In shorter turns each begins with the other application's code and data in
     * the processor's caches, which costs most whoever has more of its own; in longer ones what else the machine does
     * changes.
     */
    private static final int REQUESTS_OF_A_ROUND = Integer.getInteger("limpet.benchmark.requests", 4_000);

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

    /** Rounds in which each server is asked in its turn, forth and back, after each has warmed up. */
    void measure(List<Server> servers, int sessionBytes, int warmUpRequests, int rounds) {
        List<Subject> subjects = new ArrayList<>();
        try {
            for (Server server : servers) {
                Subject subject = server.visited(sessionBytes);
                subjects.add(subject);
                micros.computeIfAbsent(server.name(), name -> new ArrayList<>());
                subject.warmUp(path, warmUpRequests);
            }
            for (int round = 0; round < rounds; round++) {
                for (Subject subject : subjects) {
                    micros.getOrDefault(subject.name(), List.of())
                            .add(subject.microsOfARequest(path, REQUESTS_OF_A_ROUND));
                }
                Collections.reverse(subjects);
            }
        } finally {
            subjects.forEach(Subject::close);
        }
    }

    Median micros(String subject) {
        return Median.of(micros.getOrDefault(subject, List.of()));
    }

    /** To the first server, round by round. */
    Median ratio(String subject) {
        return ratio(subject, micros.keySet().iterator().next());
    }

    /** To another server, round by round. */
    Median ratio(String subject, String base) {
        List<Double> plain = micros.getOrDefault(base, List.of());
        List<Double> other = micros.getOrDefault(subject, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < other.size(); i++) {
            ratios.add(other.get(i) / plain.get(i));
        }
        return Median.of(ratios);
    }

    /** One line for each server. */
    List<String> table(String request) {
        return micros.keySet().stream()
                .map(name -> String.format(
                        Locale.ROOT,
                        "%-14s %-26s %28s %24s",
                        request,
                        name,
                        micros(name).text("%.1f"),
                        ratio(name).text("%.3f")))
                .toList();
    }

    static String heading() {
        return String.format("%-14s %-26s %28s %24s", "request", "server", "CPU µs (10–90 %)", "ratio (10–90 %)");
    }
}
