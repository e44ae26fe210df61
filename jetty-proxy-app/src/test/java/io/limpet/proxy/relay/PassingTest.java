package io.limpet.proxy.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassingTest {

    private static final String HOST = " HTTP/1.1\r\nHost: h\r\n\r\n";

    private final List<RelayedRequest> held = new CopyOnWriteArrayList<>();
    private final List<String> passed = new CopyOnWriteArrayList<>();
    private final TwoLanes lanes = new TwoLanes((request, response) -> {
        String path = request.getHttpURI().getPath();
        if (path.equals("/at-once")) {
            TwoLanes.write(response, "answered\n", Callback.from(request::giveBack));
            return;
        }
        request.onPassing(() -> {
            passed.add(path);
            if (path.equals("/defect")) {
                throw new IllegalStateException("a defect");
            }
            if (path.equals("/error")) {
                throw new StackOverflowError("a defect, too");
            }
        });
        held.add(request);
    });

    private final List<Socket> clients = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        lanes.close();
    }

    private void ask(String path) throws IOException {
        Socket client = lanes.connect();
        clients.add(client);
        int before = held.size();
        TwoLanes.say(client, "GET " + path + HOST);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> held.size() > before);
    }

    @Test
    void eachRequestUnderWayIsPassedByAlsoBesideOneThatFails() throws IOException {
        ask("/one");
        ask("/defect");
        ask("/error");
        ask("/two");
        lanes.pass();
        assertThat(passed).containsExactlyInAnyOrder("/one", "/defect", "/error", "/two");
    }

    @Test
    void aRequestThatWantsNoMoreIsPassedByNoMore() throws IOException {
        ask("/one");
        held.get(0).onPassing(null);
        lanes.pass();
        assertThat(passed).isEmpty();
    }

    @Test
    void aConnectionIsRememberedNeitherWithoutARequestNorClosed() throws IOException {
        try (Socket client = lanes.connect()) {
            assertThat(TwoLanes.talk(client, "GET /at-once" + HOST, 1)).isEqualTo("answered\n");
            lanes.pass();
            assertThat(passed).isEmpty();
            assertThat(lanes.connections()).isEqualTo(1);
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> lanes.connections() == 0);
    }

    @Test
    void aConnectionOfTheOtherLaneIsNoneOfThisOne() throws IOException {
        try (Socket client = lanes.connect()) {
            TwoLanes.say(client, "POST /pieces HTTP/1.1\r\nHost: h\r\nContent-Length: 6\r\n\r\nfi");
            lanes.awaitHandOver();
            assertThat(lanes.connections()).isZero();
        }
    }
}
