package io.limpet.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.journal.Finished;
import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.SessionId;
import io.limpet.route.Route;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.junit.jupiter.api.Test;

class ProxyMetricsTest {

    @Test
    void aCountIsToldForAsLongAsThereAreMetrics() {
        ProxyMetrics metrics = new ProxyMetrics();
        AtomicLong count = new AtomicLong(1);
        metrics.counter("limpet.of.this.test", "", count::get);

        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return garbage.refersTo(null);
        });
        count.set(2);

        assertThat(metrics.scrape(Nodes.startingWith(List.of()))).contains("limpet_of_this_test_total 2.0");
    }

    /** What is counted is not in these. */
    private static <T> T unread(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                }));
    }

    private static long sum(ProxyMetrics metrics, String metric) {
        return (long) metrics.scrape(Nodes.startingWith(List.of()))
                .lines()
                .filter(line -> line.startsWith(metric + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void aNodeThatIsGoneIsForgottenAfterTenMinutesAndItsRequestsStillAddUp() {
        ProxyMetrics metrics = new ProxyMetrics();
        Node n1 = new Node(new Route("n1"), URI.create("http://127.0.0.1:8081"));
        Nodes there = Nodes.startingWith(List.of(n1));
        Nodes gone = Nodes.startingWith(List.of());
        Nodes.Member member = there.named(n1.route()).orElseThrow();
        metrics.finished(new Finished(
                new Choice.Fresh(member, SessionId.NONE),
                1,
                200,
                1_000,
                unread(Request.class),
                unread(Response.class)));
        metrics.forgetGone(there, 0);
        metrics.forgetGone(gone, 0);
        metrics.forgetGone(gone, Duration.ofMinutes(9).toNanos());
        assertThat(metrics.scrape(gone)).contains("n1");

        metrics.forgetGone(gone, Duration.ofMinutes(10).toNanos());
        assertThat(metrics.scrape(gone)).doesNotContain("n1");
        assertThat(sum(metrics, "limpet_requests_total")).isEqualTo(1);
        assertThat(sum(metrics, "limpet_responses_total")).isEqualTo(1);
    }
}
