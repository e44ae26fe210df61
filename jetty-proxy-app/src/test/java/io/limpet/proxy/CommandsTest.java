package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path tokenFile = Path.of("");

    @BeforeEach
    void writeToken() throws IOException {
        tokenFile = Files.writeString(folder.resolve("token"), AdminTest.TOKEN + "\n");
    }

    private int run(TestProxy proxy, String... args) {
        return run(proxy.admin().getAuthority(), args);
    }

    private int run(String admin, String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--admin=" + admin);
        all.add("--token-file=" + tokenFile);
        return command.execute(all.toArray(String[]::new));
    }

    @Test
    void statusIsATableOfTheNodes() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(AdminTest.operating(AdminTest.TOKEN), n1.node())) {
            assertThat(run(proxy, "status")).isZero();

            assertThat(out.toString().lines())
                    .anySatisfy(line -> assertThat(line).startsWith("NODE "))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("n1 ")
                            .contains("ready", n1.node().uri().toString()));
        }
    }

    @Test
    void maintenanceDrainAndReadyOrderWhatTheySay() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(AdminTest.operating(AdminTest.TOKEN), n1.node())) {
            assertThat(run(proxy, "maintenance", "n1")).isZero();
            assertThat(proxy.state(n1.node())).hasToString("maintenance");
            assertThat(run(proxy, "drain", "n1", "--deadline", "60")).isZero();
            assertThat(proxy.state(n1.node())).hasToString("draining");
            assertThat(run(proxy, "ready", "n1")).isZero();
            assertThat(proxy.state(n1.node())).hasToString("ready");
            assertThat(run(proxy, "maintenance", "n1", "--context", "/shop")).isZero();
            assertThat(proxy.state(n1.node())).hasToString("ready");
            assertThat(out.toString()).contains("order: n1/shop is to be maintenance");

            assertThat(run(proxy, "status")).isZero();
            assertThat(out.toString())
                    .contains("context: n1/shop is maintenance (admin): the operator has taken it out");
        }
    }

    @Test
    void explainSaysWhereASessionLivesAndWhy() {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(AdminTest.operating(AdminTest.TOKEN), n1.node())) {
            assertThat(run(proxy, "explain", "4F2A.n1")).isZero();

            assertThat(out.toString()).contains("goes to: n1", "reason:  owner", "because its node 'n1' is ready");
        }
    }

    @Test
    void whatIsRefusedIsSaidAndTheExitCodeIsOne() throws IOException {
        try (RawNode n1 = RawNode.answering("n1");
                TestProxy proxy = TestProxy.given(AdminTest.operating(AdminTest.TOKEN), n1.node())) {
            assertThat(run(proxy, "drain", "n9")).isEqualTo(1);
            assertThat(err.toString()).contains("there is no node 'n9'");
            assertThat(run(proxy, "reload")).isEqualTo(1);
            assertThat(err.toString()).contains("no file to read again");
            Files.writeString(tokenFile, "another-token-than-that");
            assertThat(run(proxy, "drain", "n1")).isEqualTo(1);
            assertThat(err.toString()).contains("admin token");
        }
    }

    @Test
    void aProxyThatDoesNotRunIsSaidPlainly() {
        assertThat(run(RawNode.nobodyAt("n1").uri().getAuthority(), "status")).isEqualTo(1);
        assertThat(err.toString()).startsWith("no proxy answers at ").contains("--admin");
    }
}
