package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.config.Setting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... args) {
        CommandLine command = Main.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(args);
    }

    @Test
    void checkSaysThatTheConfigurationIsValidAndDoesNotStart() {
        assertThat(run("--check", "--node", "n1=http://127.0.0.1:1")).isZero();
        assertThat(out.toString().strip()).isEqualTo("configuration is valid");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrongSettingsAreAllListedAndTheExitCodeIsTwo(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("limpet.yaml"), "lissen: x\nhealth: {rise: 0}\n");

        assertThat(run("--check", "--config", file.toString(), "--listen", "8080", "--node", "n1"))
                .isEqualTo(2);
        assertThat(err.toString())
                .startsWith("limpet-proxy cannot start: 4 mistakes in the settings")
                .contains("--listen: '8080'", "--node: 'n1'", "limpet.yaml: lissen", "limpet.yaml: health.rise: '0'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownOptionIsAWrongSetting() {
        assertThat(run("--nodes", "n1=http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("--nodes");
    }

    @Test
    void aPortInUseIsSaidPlainlyAndTheExitCodeIsOne() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            assertThat(run("--listen", address, "--node", "n1=http://127.0.0.1:1"))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("limpet-proxy cannot listen on " + address)
                    .contains("--listen")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void helpNamesEverySetting() {
        assertThat(run("--help")).isZero();
        for (var setting : Setting.values()) {
            assertThat(out.toString()).contains(setting.option());
        }
    }

    @Test
    void theVersionIsTold() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("limpet-proxy ");
    }
}
