package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.proxy.upstream.OutgoingRequest;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.proxy.upstream.UpstreamSettings;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The pool of connections to one node: how many there are, who waits for one, and for how long. */
class UpstreamTest {

    private static final OutgoingRequest GET = OutgoingRequest.of(
            "GET",
            "/",
            HttpFields.build().put("Host", "h"),
            null,
            new OutgoingRequest.Traits(false, false, false, false));

    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final ScheduledExecutorScheduler timer = new ScheduledExecutorScheduler();
    private final Semaphore mayAnswer = new Semaphore(0);
    private final Semaphore arrived = new Semaphore(0);
    private final Set<Socket> used = ConcurrentHashMap.newKeySet();
    private final SocketNode node = SocketNode.start("n1", this::serve);

    private void serve(String head, Socket connection) throws IOException {
        used.add(connection);
        arrived.release();
        mayAnswer.acquireUninterruptibly();
        SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    }

    private Upstream upstream(int connections, int queued, Duration queueWait, Duration pooled) throws Exception {
        threads.start();
        timer.start();
        Duration long_ = Duration.ofSeconds(20);
        Upstream upstream = new Upstream(
                new UpstreamSettings(long_, long_, pooled, connections, queued, queueWait, 8192),
                threads,
                timer,
                new ArrayByteBufferPool());
        upstream.start();
        return upstream;
    }

    @AfterEach
    void stop() {
        mayAnswer.release(1_000);
        node.close();
        LifeCycle.stop(timer);
        LifeCycle.stop(threads);
    }

    private ProbeExchange get(Upstream upstream) {
        ProbeExchange exchange = new ProbeExchange();
        upstream.send(node.node().uri(), false, GET, exchange);
        return exchange;
    }

    private static String body(ProbeExchange exchange) throws Exception {
        return exchange.answer().get(10, TimeUnit.SECONDS).body();
    }

    @Test
    void whoFindsAllConnectionsInUseWaitsForTheNextThatIsFree() throws Exception {
        Upstream upstream = upstream(2, 10, Duration.ofSeconds(20), Duration.ofSeconds(20));
        List<ProbeExchange> exchanges = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            exchanges.add(get(upstream));
        }
        assertThat(arrived.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
        mayAnswer.release(8);
        for (ProbeExchange exchange : exchanges) {
            assertThat(body(exchange)).isEqualTo("ok");
        }
        assertThat(used).hasSize(2);
        upstream.stop();
    }

    @Test
    void whoFindsTheQueueFullIsRefusedAtOnce() throws Exception {
        Upstream upstream = upstream(1, 1, Duration.ofSeconds(20), Duration.ofSeconds(20));
        get(upstream);
        get(upstream);
        ProbeExchange refused = get(upstream);
        assertThatThrownBy(() -> body(refused))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RejectedExecutionException.class);
        upstream.stop();
    }

    @Test
    void whoWaitsTooLongIsRefusedAndLeavesTheQueue() throws Exception {
        Upstream upstream = upstream(1, 1, Duration.ofSeconds(1), Duration.ofSeconds(20));
        get(upstream);
        ProbeExchange late = get(upstream);
        assertThatThrownBy(() -> body(late)).hasCauseInstanceOf(RejectedExecutionException.class);
        ProbeExchange next = get(upstream);
        mayAnswer.release(2);
        assertThat(body(next)).isEqualTo("ok");
        upstream.stop();
    }

    @Test
    void aProbeNeitherWaitsNorIsRefused() throws Exception {
        Upstream upstream = upstream(1, 0, Duration.ofSeconds(20), Duration.ofSeconds(20));
        get(upstream);
        ProbeExchange probe = new ProbeExchange();
        upstream.probe(node.node().uri(), GET, probe);
        assertThat(arrived.tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
        mayAnswer.release(2);
        assertThat(body(probe)).isEqualTo("ok");
        upstream.stop();
    }

    @Test
    void whoGivesUpInTheQueueLeavesItToTheNext() throws Exception {
        Upstream upstream = upstream(1, 1, Duration.ofSeconds(20), Duration.ofSeconds(20));
        get(upstream);
        ProbeExchange gone = new ProbeExchange();
        upstream.send(node.node().uri(), false, GET, gone).abort(new IOException("the client has left"));
        ProbeExchange next = get(upstream);
        mayAnswer.release(2);
        assertThat(body(next)).isEqualTo("ok");
        assertThat(gone.answer()).isCompletedExceptionally();
        assertThat(node.heads()).hasSize(2);
        upstream.stop();
    }

    @Test
    void whatWasUsedLastIsUsedNext() throws Exception {
        Upstream upstream = upstream(10, 1, Duration.ofSeconds(20), Duration.ofSeconds(20));
        ProbeExchange first = get(upstream);
        ProbeExchange second = get(upstream);
        mayAnswer.release(2);
        body(first);
        body(second);
        mayAnswer.release(20);
        for (int i = 0; i < 20; i++) {
            body(get(upstream));
        }
        assertThat(used).hasSize(2);
        upstream.stop();
    }

    @Test
    void aConnectionThatNobodyUsesIsClosed() throws Exception {
        Upstream upstream = upstream(10, 1, Duration.ofSeconds(20), Duration.ofMillis(200));
        mayAnswer.release();
        body(get(upstream));
        Awaitility.await().until(() -> node.openConnections() == 0);
        upstream.stop();
    }

    @Test
    void threadsThatTakeNoWorkCostNoPlaceAndNobodyWaitsForThem() throws Exception {
        threads.start();
        timer.start();
        AtomicBoolean busy = new AtomicBoolean();
        Executor executor = task -> {
            if (busy.get()) {
                throw new RejectedExecutionException("all threads are busy");
            }
            threads.execute(task);
        };
        Duration ample = Duration.ofSeconds(20);
        Upstream upstream = new Upstream(
                new UpstreamSettings(ample, ample, ample, 1, 1, ample, 8192),
                executor,
                timer,
                new ArrayByteBufferPool());
        upstream.start();
        busy.set(true);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> body(get(upstream))).hasCauseInstanceOf(RejectedExecutionException.class);
        }
        busy.set(false);
        mayAnswer.release();
        assertThat(body(get(upstream))).isEqualTo("ok");
        upstream.stop();
    }
}
