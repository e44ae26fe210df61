package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Who makes room when there are as many connections as there may be: nobody on whose connection something is under way. */
class ConnectionLimitTest {

    private final CountDownLatch mayAnswer = new CountDownLatch(1);

    @Test
    void unusedConnectionsMakeRoomAndNeitherTunnelsNorRequestsDo() throws IOException {
        try (SocketNode node = SocketNode.holding(mayAnswer, "ok");
                TestProxy proxy = TestProxy.given(
                        new GivenSettings()
                                .add(Setting.LIMIT_CONNECTIONS, "3", "")
                                // who only waited for that would wait too long for this test
                                .add(Setting.TIMEOUT_IDLE, "60s", ""),
                        node.node());
                WireClient tunnel = proxy.client();
                WireClient waiting = proxy.client();
                WireClient unused = proxy.client()) {
            tunnel.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n")
                    .readUntil("\r\n\r\n");
            waiting.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");

            try (WireClient next = proxy.client()) {
                assertThat(unused.readAll()).isEmpty();
                mayAnswer.countDown();
                next.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(next.read().body()).isEqualTo("ok");
            }
            assertThat(waiting.read().body()).isEqualTo("ok");
            assertThat(tunnel.send("still here").readUntil("here")).isEqualTo("still here");
        }
    }
}
