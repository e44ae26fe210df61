package io.limpet.proxy.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HangUpTest {

    @Test
    void aHangUpRunsTheTaskAndDoesNotEndTheProcess() throws Exception {
        Path kill = Path.of("/bin/kill");
        assumeThat(Files.isExecutable(kill)).as("there is %s", kill).isTrue();
        assumeThat(isIgnored())
                .as("started by nohup, whose children hear of no SIGHUP")
                .isFalse();
        AtomicInteger heard = new AtomicInteger();
        HangUp.runs(heard::incrementAndGet);

        String self = Long.toString(ProcessHandle.current().pid());
        assertThat(new ProcessBuilder(kill.toString(), "-HUP", self).start().waitFor())
                .isZero();

        await().untilAsserted(() -> assertThat(heard).hasValue(1));
    }

    private static boolean isIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 1) != 0);
    }
}
