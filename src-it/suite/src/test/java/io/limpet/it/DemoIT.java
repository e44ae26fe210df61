package io.limpet.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import io.limpet.it.client.Cart;
import io.limpet.it.cluster.DemoProgram;
import io.limpet.it.cluster.DemoProgram.Row;
import io.limpet.it.cluster.NodeStatus;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo, driven as the README says. */
class DemoIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void theCartSurvivesTheKillThatTheOutputNamesAndSigtermEndsEverything() {
        List<ProcessHandle> processes;
        Path logs;
        try (DemoProgram demo = DemoProgram.start()) {
            assertThat(demo.rows()).extracting(Row::name).containsExactly("n1", "n2", "n3", "proxy");
            processes = demo.rows().stream().map(Row::process).toList();
            logs = demo.logs();
            assertThat(logs).exists();

            Browser browser = new Browser(demo.uri());
            Answer page = browser.get("/");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).contains("<html").contains("Served by");
            Cart before = browser.add("mug");

            demo.row(before.node()).process().destroyForcibly();
            Answer first = browser.get("/api/cart");

            assertThat(first.cart().items()).containsExactly("mug");
            assertThat(first.sessionCookies()).hasSize(1);
            assertThat(first.sessionCookies().get(0).route())
                    .isEqualTo(first.cart().node())
                    .isNotEqualTo(before.node());
            await("the demo to tell of it")
                    .atMost(LIMIT)
                    .until(() -> demo.output().contains(before.node() + " is gone"));

            demo.stop();
        }
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(logs).doesNotExist();
    }

    @Test
    void withRestartAKilledNodeComesBackAndWithoutTheDemoNothingLives() {
        try (DemoProgram demo = DemoProgram.start("--restart", "--nodes", "2")) {
            Browser browser = new Browser(demo.uri());
            Cart before = browser.add("mug");
            Row killed = demo.row(before.node());

            killed.process().destroyForcibly();

            await(killed.name() + " to be back").atMost(LIMIT).until(() -> isHealthy(killed));
            assertThat(ProcessHandle.of(killed.pid())).as("the old process").isEmpty();
            assertThat(browser.cart().items()).containsExactly("mug");

            // whoever kills the demo itself leaves nothing running either
            List<Row> others =
                    demo.rows().stream().filter(row -> !row.equals(killed)).toList();
            demo.kill();
            await("all processes to end")
                    .atMost(LIMIT)
                    .until(() -> others.stream().noneMatch(row -> isAlive(row.pid())));
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static boolean isHealthy(Row node) {
        try {
            NodeStatus status = new Browser(node.uri()).get("/limpet/status").json(NodeStatus.class);
            return status.node().equals(node.name()) && status.failover().equals("healthy");
        } catch (UncheckedIOException e) {
            return false; // not yet
        }
    }
}
