package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.Limits;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever passes by all connections goes on when one of them cannot be looked at: no failure ends a protection. */
class RoundsTest {

    private static final Limits LIMITS = TestSettings.limits(1, 10, Duration.ofSeconds(1), 240);

    private final AtomicInteger looks = new AtomicInteger();
    private final EndPoint broken = (EndPoint) Proxy.newProxyInstance(
            EndPoint.class.getClassLoader(), new Class<?>[] {EndPoint.class}, (proxy, method, arguments) -> {
                looks.incrementAndGet();
                throw new IllegalStateException("cannot be looked at");
            });
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server) {
        @Override
        public List<EndPoint> getConnectedEndPoints() {
            return List.of(broken);
        }
    };

    @AfterEach
    void end() throws Exception {
        server.stop();
    }

    private void start() throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.start();
    }

    private void itIsLookedAtAgainAndAgain() {
        Awaitility.await().until(() -> looks.get() >= 3);
    }

    @Test
    void slowClientsAreLookedForAgain() throws Exception {
        server.addBean(new SlowClients(LIMITS, connector));
        start();

        itIsLookedAtAgainAndAgain();
    }

    @Test
    void roomIsMadeAgain() throws Exception {
        server.addBean(new ConnectionLimit(LIMITS, List.of(connector)));
        start();

        try (Socket one = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort())) {
            itIsLookedAtAgainAndAgain();
            assertThat(one.isConnected()).isTrue();
        }
    }
}
