package io.limpet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.WorkFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Failover is off: the price of being sticky, for a request that reads its session. */
class FilterCostIT {

    private static final double LIMIT = 1.03;

    // each JVM compiles in its own way: with and without the filter in the same one, and in several
    private static final int FORKS = Integer.getInteger("limpet.benchmark.forks", 4);
    private static final int ROUNDS = Integer.getInteger("limpet.benchmark.rounds", 150);
    private static final int WARMUP_REQUESTS = 120_000;
    private static final int SESSION_BYTES = 2_000;

    private static final String BARE = "bare";
    private static final String CONTROL = "bare again";
    private static final String FILTER = "with the filter";

    @Test
    void theFilterCostsAtMostThreePercentOfARequestThatReadsItsSession() {
        Samples samples = new Samples("/read");
        for (int fork = 0; fork < FORKS; fork++) {
            measure(samples);
        }
        System.out.println(Samples.heading());
        samples.table("/read").forEach(System.out::println);
        assertThat(samples.ratio(FILTER).value()).isLessThan(LIMIT);
    }

    private static void measure(Samples samples) {
        WorkFolder work = WorkFolder.create("filter-cost");
        Map<String, Application> applications = new LinkedHashMap<>();
        applications.put(BARE, Application.BARE);
        applications.put(FILTER, Application.filtered(Map.of("node", "n1")));
        applications.put(CONTROL, Application.BARE);
        List<Server> servers = Launch.TOMCAT.together(work, applications);
        try {
            samples.measure(servers, SESSION_BYTES, WARMUP_REQUESTS, ROUNDS);
        } finally {
            servers.forEach(Server::close);
        }
    }
}
