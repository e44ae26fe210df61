package io.limpet.proxy;

import java.util.Arrays;

/** What Prometheus reads of a proxy. */
record Scrape(String metrics) {

    /** The sum of all lines of this metric that contain each of these. */
    long sum(String name, String... tags) {
        return (long) metrics.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(tags).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
