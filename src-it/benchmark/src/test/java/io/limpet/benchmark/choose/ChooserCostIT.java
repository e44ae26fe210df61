package io.limpet.benchmark.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

class ChooserCostIT {

    /** Larger maps miss the caches now and then; a look at all nodes would cost a hundred times as much. */
    private static final double FLAT = 5;

    @Test
    void toChooseAmongAThousandNodesCostsHardlyMoreThanAmongTen() throws RunnerException {
        Map<String, Double> medians = new TreeMap<>();
        for (RunResult run : new Runner(new OptionsBuilder()
                        .include(ChooserBenchmark.class.getSimpleName())
                        .jvmArgsAppend("-Xmx256m")
                        .shouldFailOnError(true)
                        .build())
                .run()) {
            medians.put(
                    run.getPrimaryResult().getLabel() + " of " + run.getParams().getParam("nodes"),
                    run.getPrimaryResult().getStatistics().getPercentile(50));
        }
        medians.forEach((choice, nanos) -> System.out.printf(Locale.ROOT, "%-20s %8.0f ns%n", choice, nanos));
        for (String choice : new String[] {"owner", "fresh"}) {
            assertThat(medians.getOrDefault(choice + " of 1000", Double.NaN)
                            / medians.getOrDefault(choice + " of 10", Double.NaN))
                    .as(choice)
                    .isLessThan(FLAT);
        }
    }
}
