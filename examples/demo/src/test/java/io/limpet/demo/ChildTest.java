package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    @TempDir
    private Path folder;

    private final Queue<String> warnings = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> exitCodes = new ConcurrentLinkedQueue<>();
    private Path log;
    private Child child;

    @BeforeEach
    void start() throws IOException {
        log = folder.resolve("n1.log");
        child = Child.start(launch(), log, warnings::add);
        child.whenEnded(exitCodes::add);
        await().until(() -> Files.exists(log) && Files.readString(log).contains("started"));
    }

    @AfterEach
    void kill() throws InterruptedException {
        child.kill();
        assertThat(child.hasEndedWithin(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void everyLineIsInTheLogAndWarningsArePassedOnOnceTheProcessIsUp() {
        await().untilAsserted(() -> assertThat(log).content().startsWith("started\nWARNING something\n"));
        assertThat(warnings).isEmpty();

        child.isUp();

        await().untilAsserted(() -> assertThat(warnings).isNotEmpty().containsOnly("WARNING something"));
    }

    @Test
    void itsEndIsToldWithTheExitCode() {
        child.kill();

        await().untilAsserted(() -> assertThat(exitCodes).containsExactly(128 + 9));
    }

    @Test
    void aProcessThatIsAskedToEndEndsInOrder() {
        child.end();

        await().untilAsserted(() -> assertThat(exitCodes).containsExactly(128 + 15));
    }

    @Test
    void aProcessOnTheLeashEndsWhenItsStarterIsGone() throws IOException {
        child.dropLeash();

        await().untilAsserted(() -> assertThat(exitCodes).containsExactly(0));
    }

    private static Launch launch() {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of("target/classes") + System.getProperty("path.separator") + Path.of("target/test-classes"),
                Leash.class.getName(),
                Sleeper.class.getName());
        return new Launch("n1", 1, command, Map.of(), URI.create("http://127.0.0.1:1/"), "");
    }
}
