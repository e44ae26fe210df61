package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.filter.TwoTomcats.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two versions of Limpet in one cluster, as during an upgrade: what the earlier one wrote is read, what the later one
 * wrote is left as it is.
 */
@Timeout(60)
class TwoVersionsTest {

    private static final int FORMAT = 2;

    @SuppressWarnings("NullAway.Init") // before all
    private static TwoTomcats nodes;

    @BeforeAll
    static void start(@TempDir Path work) {
        nodes = new TwoTomcats(work);
    }

    @AfterAll
    static void stop() throws LifecycleException {
        nodes.close();
    }

    @Test
    void aSessionOfTheFirstFormatIsTakenOver() throws IOException {
        byte[] written;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("session-format-1.txt"))) {
            written = Base64.getMimeDecoder().decode(in.readAllBytes());
        }
        nodes.store("4F2A", written);

        Answer answer = nodes.ask("n2", "4F2A", "");

        assertThat(answer.body()).isEqualTo("rope");
        assertThat(nodes.ask("n1", answer.id(), "").body()).isEqualTo("rope");
    }

    @Test
    void aNodeThatCannotReadTheSessionOfANewerOneAsksItsClientToTryAgainAndLeavesItAlone() {
        String id = sessionOfN1();
        byte[] newer = writeInNewerFormat(id);

        for (String query : new String[] {"", "set=net", "end"}) {
            Answer answer = nodes.ask("n2", id, query);
            assertThat(answer.status()).as("%s", answer).isEqualTo(503);
            assertThat(answer.triesAgain()).isTrue();
            assertThat(answer.id()).as("no new session in its place").isEqualTo(id);
        }
        assertThat(nodes.stored(id)).isEqualTo(newer);

        upgrade(id);
        assertThat(nodes.ask("n2", id, "").body()).isEqualTo("rope");
    }

    @Test
    void theFormerOwnerWritesNothingOverTheSessionOfANewerNodeUntilItIsUpgraded() {
        String id = sessionOfN1();
        byte[] newer = writeInNewerFormat(id);

        assertThat(nodes.ask("n1", id, "set=net")).satisfies(served -> {
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.body()).isEqualTo("net");
        });
        assertThat(nodes.stored(id)).isEqualTo(newer);

        upgrade(id);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(nodes.stored(id))
                        .asString(StandardCharsets.ISO_8859_1)
                        .contains("net"));
        assertThat(nodes.ask("n2", id, "").body()).as("what was queued").isEqualTo("net");
    }

    @Test
    void aLogoutThatCouldNotBeWrittenOverTheSessionOfANewerNodeIsMadeUpFor() {
        String id = sessionOfN1();
        byte[] newer = writeInNewerFormat(id);

        assertThat(nodes.ask("n1", id, "end").status()).isEqualTo(200);
        assertThat(nodes.stored(id)).isEqualTo(newer);
        assertThat(nodes.ask("n1", id, "").body()).as("dead where it was ended").isEqualTo("no session");

        upgrade(id);
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(nodes.ask("n2", id, "").body()).isEqualTo("no session"));
    }

    private static String sessionOfN1() {
        return nodes.ask("n1", "", "set=rope").id();
    }

    /** As if a node had claimed the session that knows one format more than these. */
    private static byte[] writeInNewerFormat(String id) {
        byte[] bytes = nodes.stored(id);
        bytes[FORMAT]++;
        nodes.store(id, bytes);
        return bytes;
    }

    /** As if this node could read it now. */
    private static void upgrade(String id) {
        byte[] bytes = nodes.stored(id);
        bytes[FORMAT]--;
        nodes.store(id, bytes);
    }
}
