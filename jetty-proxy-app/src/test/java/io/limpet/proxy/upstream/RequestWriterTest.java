package io.limpet.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One thread for all: whoever sends without a pause lets the others have their turn. */
class RequestWriterTest {

    private static final OutgoingRequest.Traits STREAMED = new OutgoingRequest.Traits(true, false, false, true);

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicLong taken = new AtomicLong();
    private final BegunAnswer answer = new BegunAnswer();

    /** A node that takes whatever it is sent, at once. */
    private final ByteArrayEndPoint node = new ByteArrayEndPoint() {
        @Override
        public void write(Callback callback, ByteBuffer... buffers) {
            for (ByteBuffer buffer : buffers) {
                taken.addAndGet(buffer.remaining());
                buffer.position(buffer.limit());
            }
            callback.succeeded();
        }
    };

    @AfterEach
    void stop() throws InterruptedException {
        thread.shutdownNow();
        assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(answer.response()).as("nobody has answered").isNotDone();
    }

    /** A client that always has more to send. */
    private static final class Endless implements Content.Source {
        private volatile boolean ended;

        @Override
        public Content.Chunk read() {
            return Content.Chunk.from(ByteBuffer.allocate(16 * 1024), ended);
        }

        @Override
        public void demand(Runnable callback) {
            throw new IllegalStateException("there is always more");
        }

        @Override
        public void fail(Throwable failure) {
            ended = true;
        }
    }

    private Endless upload(Executor executor) {
        Endless body = new Endless();
        OutgoingRequest request = OutgoingRequest.of("POST", "/", HttpFields.EMPTY, body, STREAMED);
        RequestWriter writer = new RequestWriter(new Exchange(request, answer, true), node, executor, false);
        thread.execute(writer::iterate);
        return body;
    }

    @Test
    void anUploadThatNeverPausesLeavesItsThreadToOthers() throws Exception {
        Endless body = upload(thread);
        try {
            Awaitility.await().until(() -> taken.get() > 0);
            for (int i = 0; i < 20; i++) {
                thread.submit(() -> {}).get(10, TimeUnit.SECONDS);
            }
            long before = taken.get();
            Awaitility.await().until(() -> taken.get() > before);
        } finally {
            body.ended = true;
        }
    }

    @Test
    void anUploadGoesOnWhenThereIsNoThreadForAPause() {
        Endless body = upload(task -> {
            throw new RejectedExecutionException("all threads are busy");
        });
        try {
            Awaitility.await().until(() -> taken.get() > 4 * 1024 * 1024);
        } finally {
            body.ended = true;
        }
    }
}
