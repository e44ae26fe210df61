package io.limpet.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.AbstractConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SmallWritesTest {

    private static final int LIMIT_SECONDS = 20;
    private static final int MOST = 64 * 1024 * 1024;

    private final CompletableFuture<SmallWrites> accepted = new CompletableFuture<>();
    private final Server server = new Server(new LoopThreads(50));
    private final LoopConnector connector = new LoopConnector(server, Duration.ofSeconds(1), new Silent());
    private final Socket client = new Socket();
    private final Random random = new Random(5);

    private final class Silent extends AbstractConnectionFactory {

        Silent() {
            super("silent");
        }

        @Override
        public Connection newConnection(Connector connector, EndPoint endPoint) {
            accepted.complete((SmallWrites) endPoint);
            return new AbstractConnection.NonBlocking(endPoint, server.getThreadPool()) {
                @Override
                public void onFillable() {
                    // nobody writes to it
                }
            };
        }
    }

    @BeforeEach
    void connect() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
        client.setReceiveBufferSize(4 * 1024);
        client.setSoTimeout(LIMIT_SECONDS * 1_000);
        client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.stop();
    }

    private SmallWrites socket() throws Exception {
        return accepted.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private byte[] some(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test
    void severalBuffersArriveAsOneBehindTheOther() throws Exception {
        byte[] all = some(300);
        ByteBuffer[] buffers = {
            ByteBuffer.wrap(all, 0, 100),
            ByteBuffer.allocate(0),
            ByteBuffer.allocateDirect(200).put(all, 100, 200).flip()
        };
        assertThat(socket().flush(ByteBuffer.allocateDirect(Loop.ROOM), buffers))
                .isTrue();
        assertThat(buffers).noneMatch(ByteBuffer::hasRemaining);
        assertThat(client.getInputStream().readNBytes(300)).isEqualTo(all);
    }

    @Test
    void whatDoesNotFitStaysInItsBuffers() throws Exception {
        ByteBuffer room = ByteBuffer.allocateDirect(Loop.ROOM);
        CompletableFuture<Integer> compared = new CompletableFuture<>();
        byte[] piece = some(3_001);
        long whole = 0;
        ByteBuffer[] rest = {};
        boolean all = true;
        while (all && whole < MOST) {
            rest = new ByteBuffer[] {ByteBuffer.wrap(piece, 0, 1), ByteBuffer.wrap(piece, 1, piece.length - 1)};
            all = socket().flush(room.clear(), rest);
            whole += all ? piece.length : 0;
        }
        assertThat(all).as("the client's buffers are full").isFalse();
        long complete = whole;
        Thread reader = new Thread(() -> compared.complete(read(piece, complete / piece.length + 1)));
        reader.start();
        ByteBuffer[] left = rest;
        await().atMost(Duration.ofSeconds(LIMIT_SECONDS)).until(() -> socket().flush(room.clear(), left));
        assertThat(compared.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isZero();
    }

    /** How many pieces arrive otherwise than they were sent. */
    private int read(byte[] piece, long pieces) {
        int wrong = 0;
        try {
            InputStream in = client.getInputStream();
            for (long i = 0; i < pieces; i++) {
                wrong += Arrays.equals(in.readNBytes(piece.length), piece) ? 0 : 1;
            }
        } catch (IOException e) {
            return Integer.MAX_VALUE;
        }
        return wrong;
    }
}
