package io.limpet.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.node.Nodes;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
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
}
