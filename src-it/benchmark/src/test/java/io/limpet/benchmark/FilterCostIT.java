package io.limpet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.WorkFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Failover is off: the price of being sticky, for a request that reads its session. */
class FilterCostIT {

    private static final double LIMIT = 1.03;

    // each JVM compiles in its own way, so that one pair of them tells little
    private static final int FORKS = 4;
    private static final int ROUNDS = Integer.getInteger("limpet.benchmark.rounds", 12);
    private static final int WARMUP_ROUNDS = 10;
    private static final int SESSION_BYTES = 2_000;

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
        List<Server> servers = new ArrayList<>();
        try {
            servers.add(Launch.TOMCAT.alone("bare", work, Application.BARE));
            servers.add(Launch.TOMCAT.alone(FILTER, work, Application.filtered(Map.of("node", "n1"))));
            servers.add(Launch.TOMCAT.alone(CONTROL, work, Application.BARE));
            samples.measure(servers, SESSION_BYTES, WARMUP_ROUNDS, ROUNDS);
        } finally {
            servers.forEach(Server::close);
        }
    }
}
