package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class DemoTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine demo =
            Demo.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @CsvSource({
        "--nodes=0,   --nodes must be 1 to 9",
        "--nodes=10,  --nodes must be 1 to 9",
        "--port=-1,   --port must be 0 to 65535",
        "--port=65536,--port must be 0 to 65535",
        "--nodes=two, 'two' is not an int",
        "--nodez=3,   Unknown option"
    })
    void aWrongOptionIsExplainedAndStartsNothing(String option, String complaint) {
        assertThat(demo.execute(option)).isEqualTo(2);
        assertThat(err.toString()).contains(complaint);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aTakenPortIsExplainedAndStartsNothing() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(demo.execute("--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .contains("port " + taken.getLocalPort() + " is in use")
                    .contains("--port");
        }
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(demo.execute("--help")).isZero();
        assertThat(out.toString()).contains("--nodes", "--port", "--admin", "--no-failover", "--restart");
    }
}
