package io.limpet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.WorkFolder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The price of failover beside no failover, and beside others that replicate sessions: all in one run. */
class FailoverCostIT {

    private static final int FORKS = Integer.getInteger("limpet.benchmark.forks", 2);
    private static final int ROUNDS = Integer.getInteger("limpet.benchmark.rounds", 20);
    private static final int WARMUP_REQUESTS = 20_000;
    /** What costs least shows longest what is not compiled yet. */
    private static final int WARMUP_READS = 300_000;

    private static final List<String> REQUESTS = List.of("/read", "/look", "/write");

    private static final int SMALL = 2_000;
    private static final int LARGE = 20_000;

    private static final String PLAIN = "Tomcat's sessions";
    private static final String LIMPET = "Limpet failover";
    private static final String SPRING = "Spring Session Hazelcast";

    @Test
    void readingCostsFivePercentAndWritingLessThanTwoFifthsOfSpringSession() {
        Map<String, Samples> all = new LinkedHashMap<>();
        for (String request : REQUESTS) {
            for (int bytes : List.of(SMALL, LARGE)) {
                all.put(request + " " + bytes, new Samples(request));
            }
        }
        for (int fork = 0; fork < FORKS; fork++) {
            measure(all);
        }
        System.out.println(Samples.heading());
        all.forEach((name, samples) -> samples.table(name).forEach(System.out::println));
        assertThat(all).isNotEmpty();
        SoftAssertions limits = new SoftAssertions();
        for (int bytes : List.of(SMALL, LARGE)) {
            limits.assertThat(of(all, "/read", bytes).ratio(LIMPET).value())
                    .as("reading, %d bytes", bytes)
                    .isLessThanOrEqualTo(1.05);
        }
        Samples write = of(all, "/write", LARGE);
        limits.assertThat(write.ratio(LIMPET).value()).as("writing").isLessThanOrEqualTo(8);
        limits.assertThat(write.ratio(LIMPET, SPRING).value())
                .as("writing, to Spring Session")
                .isLessThanOrEqualTo(0.4);
        limits.assertAll();
    }

    private static Samples of(Map<String, Samples> all, String request, int bytes) {
        return all.getOrDefault(request + " " + bytes, new Samples(request));
    }

    private static void measure(Map<String, Samples> all) {
        WorkFolder work = WorkFolder.create("failover-cost");
        List<Server> servers = new ArrayList<>();
        try {
            Map<String, Application> ours = new LinkedHashMap<>();
            ours.put(PLAIN, Application.BARE);
            ours.put(LIMPET, Rivals.limpet());
            for (Pair pair : List.of(
                    new Pair(Launch.TOMCAT, ours),
                    new Pair(Launch.TOMCAT, Map.of(SPRING, Rivals.spring())),
                    new Pair(Launch.TOMCAT, Map.of("hazelcast-wm", Rivals.hazelcastWm(work))),
                    new Pair(Launch.JETTY, Map.of("Jetty + Hazelcast", Application.BARE)))) {
                servers.addAll(pair.start(work));
            }
            servers.forEach(FailoverCostIT::warmUp);
            all.forEach((name, samples) -> {
                int sessionBytes = Integer.parseInt(name.substring(name.indexOf(' ') + 1));
                samples.measure(servers, sessionBytes, WARMUP_REQUESTS, ROUNDS);
                samples.table(name).forEach(System.out::println); // what there is, should a later one fail
            });
        } finally {
            servers.forEach(Server::close);
        }
    }

    /** With requests of all kinds: what is measured first would else be measured in a JVM that still compiles. */
    private static void warmUp(Server server) {
        try (Subject subject = server.visited(LARGE)) {
            REQUESTS.forEach(request -> subject.warmUp(request, WARMUP_REQUESTS));
            subject.warmUp("/read", WARMUP_READS);
        }
    }
}
