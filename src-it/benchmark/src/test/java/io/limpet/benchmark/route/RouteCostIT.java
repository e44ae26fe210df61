package io.limpet.benchmark.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

class RouteCostIT {

    private static final double LIMIT_NANOS = 2_000;

    @Test
    void aRouteIsReadAndVerifiedWithinTwoMicroseconds() throws RunnerException {
        List<String> tooSlow = new ArrayList<>();
        StringBuilder table = new StringBuilder(String.format("%n%-28s %10s %18s%n", "route", "ns", "of the limit"));
        for (RunResult run : new Runner(new OptionsBuilder()
                        .include(RouteBenchmark.class.getSimpleName())
                        .jvmArgsAppend("-Xmx256m")
                        .build())
                .run()) {
            Result<?> result = run.getPrimaryResult();
            String line = String.format(
                    Locale.ROOT,
                    "%-28s %6.0f ±%3.0f %18.3f",
                    result.getLabel(),
                    result.getScore(),
                    result.getScoreError(),
                    result.getScore() / LIMIT_NANOS);
            table.append(line).append(System.lineSeparator());
            if (result.getScore() > LIMIT_NANOS) {
                tooSlow.add(line);
            }
        }
        System.out.println(table);
        assertThat(tooSlow).as("slower than %.0f ns", LIMIT_NANOS).isEmpty();
    }
}
