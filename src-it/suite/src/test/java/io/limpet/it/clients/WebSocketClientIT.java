package io.limpet.it.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A WebSocket library, through the proxy to Tomcats. */
class WebSocketClientIT {

    private static TalkCluster cluster;

    @BeforeAll
    static void start() {
        cluster = TalkCluster.start("websocket");
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    private static Talker talker(String node) throws InterruptedException {
        return Talker.open(cluster.uri(), cluster.sessionOn(node));
    }

    @Test
    void eachTalksToTheNodeOfItsSession() throws Exception {
        for (int i = 0; i < 20; i++) {
            String node = i % 2 == 0 ? "n1" : "n2";
            Talker talker = talker(node);
            talker.send("hello " + i);
            assertThat(talker.hear()).isEqualTo(node + ": hello " + i);
            talker.closeBlocking();
        }
    }

    @Test
    void subprotocolAndCompressionAreWhatClientAndNodeAgreeOn() throws Exception {
        Talker talker = talker("n1");
        assertThat(talker.handshake().getFieldValue("Sec-WebSocket-Protocol")).isEqualTo("talk.v1");
        assertThat(talker.handshake().getFieldValue("Sec-WebSocket-Extensions")).startsWith("permessage-deflate");

        String easy = "again and ".repeat(10_000);
        talker.send(easy);
        assertThat(talker.hear()).isEqualTo("n1: " + easy);
        talker.closeBlocking();
    }

    @Test
    void aMegabyteInOneFrameComesBack() throws Exception {
        byte[] bytes = new byte[1024 * 1024];
        new Random(1).nextBytes(bytes);
        Talker talker = talker("n2");
        talker.send(bytes);
        assertThat(talker.hear()).isEqualTo(ByteBuffer.wrap(bytes));
        talker.closeBlocking();
    }

    @Test
    void overTlsItTalksToTheNodeOfItsSessionToo() throws Exception {
        byte[] bytes = new byte[1024 * 1024];
        new Random(2).nextBytes(bytes);
        for (String node : List.of("n1", "n2")) {
            Talker talker = Talker.openOverTls(cluster, cluster.sessionOn(node));
            talker.send("hello");
            assertThat(talker.hear()).isEqualTo(node + ": hello");
            talker.send(bytes);
            assertThat(talker.hear()).isEqualTo(ByteBuffer.wrap(bytes));
            talker.close(4002, "enough");
            assertThat(talker.closeCode()).isEqualTo(4002);
        }
    }

    @Test
    void theNodesCloseCodeReachesTheClientAndTheOtherWayRound() throws Exception {
        Talker told = talker("n1");
        told.send("close 4001");
        assertThat(told.closeCode()).isEqualTo(4001);

        Talker tells = talker("n1");
        tells.close(4002, "enough");
        // the node repeats it, and only then the library says so
        assertThat(tells.closeCode()).isEqualTo(4002);
    }

    @Test
    void whenTheProxyStopsEachIsToldThatItGoesAway() throws Exception {
        try (TalkCluster another = TalkCluster.start("websocket-stop")) {
            List<Talker> talkers = new ArrayList<>();
            for (String node : List.of("n1", "n2", "n1")) {
                talkers.add(Talker.open(another.uri(), another.sessionOn(node)));
            }
            another.proxy().stop();
            for (Talker talker : talkers) {
                assertThat(talker.closeCode()).isEqualTo(1001);
            }
        }
    }
}
