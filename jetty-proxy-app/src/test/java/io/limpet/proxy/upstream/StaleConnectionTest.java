package io.limpet.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaleConnectionTest {

    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final SocketChannel ours;
    private final SocketChannel theirs;

    StaleConnectionTest() throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ours = SocketChannel.open(server.getLocalAddress());
        theirs = server.accept();
    }

    @BeforeEach
    void doNotBlock() throws IOException {
        ours.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        ours.close();
        theirs.close();
        server.close();
    }

    @Test
    void anIdleConnectionIsOfUse() {
        assertThat(StaleConnection.isUsedUp(ours)).isFalse();
    }

    @Test
    void oneThatTheNodeHasClosedIsNot() throws IOException {
        theirs.close();

        await().until(() -> StaleConnection.isUsedUp(ours));
    }

    @Test
    void oneThatTheNodeHasResetIsNot() throws IOException {
        theirs.setOption(StandardSocketOptions.SO_LINGER, 0);
        theirs.close();

        await().until(() -> StaleConnection.isUsedUp(ours));
    }

    @Test
    void oneOnWhichTheNodeSpeaksUnaskedIsNot() throws IOException {
        theirs.write(ByteBuffer.wrap(new byte[] {'H'}));

        await().until(() -> StaleConnection.isUsedUp(ours));
    }

    @Test
    void oneThatWeHaveClosedIsNot() throws IOException {
        ours.close();

        assertThat(StaleConnection.isUsedUp(ours)).isTrue();
    }
}
