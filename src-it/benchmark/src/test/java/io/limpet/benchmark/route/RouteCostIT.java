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
                        .shouldFailOnError(true)
                        .build())
                .run()) {
            Result<?> result = run.getPrimaryResult();
            // the median: whatever else runs on the machine now and then is not what a route costs
            double nanos = result.getStatistics().getPercentile(50);
            String line = String.format(
                    Locale.ROOT,
                    "%-28s %10.0f %18.3f",
                    result.getLabel(),
                    nanos,
                    nanos / LIMIT_NANOS);
            table.append(line).append(System.lineSeparator());
            if (nanos > LIMIT_NANOS) {
                tooSlow.add(line);
            }
        }
        System.out.println(table);
        assertThat(tooSlow).as("slower than %.0f ns", LIMIT_NANOS).isEmpty();
    }
}
