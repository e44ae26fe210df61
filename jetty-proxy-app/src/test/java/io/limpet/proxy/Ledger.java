package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.journal.AccessLog;
import io.limpet.proxy.journal.Formats;
import io.limpet.proxy.journal.Journal;
import io.limpet.proxy.metrics.ProxyMetrics;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Reason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;

/** Metrics and access log of one proxy in a test, which have to add up when it is closed, whatever the test was about. */
final class Ledger implements AutoCloseable {

    /**
     * Of an HTTP/2 body that ends otherwise than its length says Jetty tells nobody: what is left of it is waited for as
     * long as for a head, 20 s.
     */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProxyMetrics metrics = new ProxyMetrics();
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final AccessLog log = AccessLog.to(new PrintStream(lines, true, StandardCharsets.UTF_8), Formats::json);

    /** Has to be told of every request. */
    Journal journal() {
        return Journal.all(List.of(metrics, log));
    }

    /** What the metrics tell now. */
    Scrape scrape() {
        return new Scrape(metrics.scrape(Nodes.startingWith(List.of())));
    }

    /** Every request that has come is over, has one reason and one status, and is one line of the access log. */
    void awaitBalance() {
        Awaitility.await("reasons that add up to the requests")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .atMost(PATIENCE)
                .untilAsserted(this::check);
    }

    private void check() {
        Scrape scrape = scrape();
        long received = scrape.sum("limpet_requests_received_total");
        long reasons = Arrays.stream(Reason.values())
                .mapToLong(reason -> scrape.sum("limpet_requests_total", "reason=\"" + reason + "\""))
                .sum();
        assertThat(reasons).as("requests with a reason").isEqualTo(received);
        assertThat(scrape.sum("limpet_responses_total"))
                .as("requests with a status")
                .isEqualTo(received);
        assertThat(scrape.sum("limpet_request_duration_seconds_count"))
                .as("requests with a time")
                .isEqualTo(received);
        assertThat(lines.toString(StandardCharsets.UTF_8).lines().count())
                .as("lines of the access log")
                .isEqualTo(received);
    }

    @Override
    public void close() {
        log.close();
    }
}
