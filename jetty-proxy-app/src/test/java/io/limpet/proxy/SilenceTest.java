package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.upstream.BegunAnswer;
import io.limpet.proxy.upstream.NodeResponse;
import io.limpet.proxy.upstream.OutgoingRequest;
import io.limpet.proxy.upstream.Upstream;
import io.limpet.proxy.upstream.UpstreamSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A node's silence is counted while it is its turn, from the last byte that it said or took: whoever is at the other end
 * may take its time. Connections are looked at ten times as often as a node may be silent, as a pool's limit makes them.
 */
class SilenceTest {

    private static final Duration LONGEST = Duration.ofMillis(1_500);
    private static final Duration LOOK = Duration.ofMillis(150);

    /** What a client takes, and a node is allowed to take. */
    private static final long LONGER_MILLIS = 2_000;

    private static final long SHORTER_MILLIS = 600;

    private static final OutgoingRequest.Traits CHUNKED = new OutgoingRequest.Traits(true, false, false, true);
    private static final OutgoingRequest.Traits PLAIN = new OutgoingRequest.Traits(false, false, false, false);

    private final QueuedThreadPool threads = new QueuedThreadPool();
    private final ScheduledExecutorScheduler timer = new ScheduledExecutorScheduler();
    private final Semaphore mayAnswer = new Semaphore(0);
    private final Semaphore arrived = new Semaphore(0);
    private Upstream upstream;

    @BeforeEach
    void start() throws Exception {
        threads.start();
        timer.start();
        Duration ample = Duration.ofSeconds(20);
        upstream = new Upstream(
                new UpstreamSettings(ample, LONGEST, LOOK, 10, 10, ample, 8192),
                threads,
                timer,
                new ArrayByteBufferPool());
        upstream.start();
    }

    @AfterEach
    void stop() {
        mayAnswer.release(100);
        LifeCycle.stop(upstream);
        LifeCycle.stop(timer);
        LifeCycle.stop(threads);
    }

    private void in(long millis, Runnable task) {
        timer.schedule(task, millis, TimeUnit.MILLISECONDS);
    }

    private static OutgoingRequest post(Content.Source body) {
        return OutgoingRequest.of("POST", "/", HttpFields.build().put("Host", "h"), body, CHUNKED);
    }

    /** Reads the whole upload, and answers when it may. */
    private SocketNode receiving() {
        return SocketNode.start("n1", (head, connection) -> {
            SocketNode.readUntil(connection.getInputStream(), "0\r\n\r\n");
            arrived.release();
            mayAnswer.acquireUninterruptibly();
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
    }

    @Test
    void theTimeThatAnUploadTakesIsNotTheNodes() throws Exception {
        try (SocketNode node = receiving();
                AsyncContent body = new AsyncContent()) {
            ProbeExchange exchange = new ProbeExchange();
            upstream.send(node.node().uri(), true, post(body), exchange);
            for (long at = 0; at < LONGER_MILLIS; at += 250) {
                in(at, () -> body.write(false, ByteBuffer.wrap(new byte[] {'x'}), Callback.NOOP));
            }
            in(LONGER_MILLIS, () -> body.write(true, ByteBuffer.wrap(new byte[] {'x'}), Callback.NOOP));
            assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            in(SHORTER_MILLIS, mayAnswer::release);

            assertThat(exchange.answer().get(20, TimeUnit.SECONDS).body()).isEqualTo("ok");
        }
    }

    @Test
    void theTimeForWhichAClientSendsNothingIsNotTheNodes() throws Exception {
        try (SocketNode node = receiving();
                AsyncContent body = new AsyncContent()) {
            ProbeExchange exchange = new ProbeExchange();
            upstream.send(node.node().uri(), true, post(body), exchange);
            in(LONGER_MILLIS, () -> body.write(true, ByteBuffer.wrap(new byte[] {'x'}), Callback.NOOP));
            assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            in(SHORTER_MILLIS, mayAnswer::release);

            assertThat(exchange.answer().get(20, TimeUnit.SECONDS).body()).isEqualTo("ok");
        }
    }

    @Test
    void aNodeThatIsSilentBehindAnUploadIsGivenUp() throws Exception {
        try (SocketNode node = receiving();
                AsyncContent body = new AsyncContent()) {
            ProbeExchange exchange = new ProbeExchange();
            upstream.send(node.node().uri(), true, post(body), exchange);
            in(0, () -> body.write(true, ByteBuffer.wrap(new byte[] {'x'}), Callback.NOOP));

            assertThat(exchange.answer())
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeoutException.class);
        }
    }

    @Test
    void theTimeForWhichAClientTakesNothingIsNotTheNodes() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
            mayAnswer.acquireUninterruptibly();
            SocketNode.write(connection, " half");
        })) {
            BegunAnswer client = new BegunAnswer();
            ProbeExchange rest = new ProbeExchange();
            OutgoingRequest get =
                    OutgoingRequest.of("GET", "/", HttpFields.build().put("Host", "h"), null, PLAIN);
            upstream.send(node.node().uri(), true, get, client);
            NodeResponse response = client.response().get(20, TimeUnit.SECONDS);
            in(LONGER_MILLIS, () -> {
                rest.answered(response);
                in(SHORTER_MILLIS, mayAnswer::release);
            });

            assertThat(rest.answer().get(20, TimeUnit.SECONDS).body()).isEqualTo("first half");
        }
    }

    @Test
    void theTimeForWhichAClientDoesNotTakeAHintIsNotTheNodes() throws Exception {
        try (SocketNode node = SocketNode.start("n1", (head, connection) -> {
            SocketNode.write(connection, "HTTP/1.1 103 Early Hints\r\n\r\n");
            mayAnswer.acquireUninterruptibly();
            SocketNode.write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
            CompletableFuture<Void> hintTaken = new CompletableFuture<>();
            BegunAnswer client = new BegunAnswer(hintTaken);
            ProbeExchange rest = new ProbeExchange();
            OutgoingRequest get =
                    OutgoingRequest.of("GET", "/", HttpFields.build().put("Host", "h"), null, PLAIN);
            upstream.send(node.node().uri(), true, get, client);
            client.hinted().get(20, TimeUnit.SECONDS);
            in(LONGER_MILLIS, () -> {
                hintTaken.complete(null);
                in(SHORTER_MILLIS, mayAnswer::release);
            });

            rest.answered(client.response().get(20, TimeUnit.SECONDS));
            assertThat(rest.answer().get(20, TimeUnit.SECONDS).body()).isEqualTo("ok");
        }
    }
}
