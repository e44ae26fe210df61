package io.limpet.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One running process of the demo, from its start to its end; what it writes goes to its log.
 *
 * <p>It must stay referenced while the process should live: the pipe to its standard input is its {@link Leash}.
 */
final class Child {

    private final Launch launch;
    private final Process process;

    // members that do not find each other yet warn a lot; if the start fails, the end of the log is shown anyway
    private volatile boolean up;

    private Child(Launch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    /**
     * Starts the process.
     *
     * @param log is appended to
     * @param warnings gets each line that warns once the process is up, from a thread of this child
     * @throws IOException when the system refuses
     */
    static Child start(Launch launch, Path log, Consumer<String> warnings) throws IOException {
        Child child = new Child(launch, launch.builder().start());
        Thread pump = new Thread(() -> child.pump(log, warnings), "log-" + launch.name());
        pump.setDaemon(true);
        pump.start();
        return child;
    }

    Launch launch() {
        return launch;
    }

    long pid() {
        return process.pid();
    }

    /** The process does its work: from now on its warnings are passed on. */
    void isUp() {
        up = true;
    }

    /** Calls back with the exit code once the process has ended. */
    void whenEnded(Consumer<Integer> ended) {
        CompletableFuture<Void> unused = process.onExit().thenAccept(process -> ended.accept(process.exitValue()));
    }

    /** Waits for the end, but not longer; true when the process has ended. */
    boolean hasEndedWithin(long time, TimeUnit unit) throws InterruptedException {
        return process.waitFor(time, unit);
    }

    /** Asks the process to end. */
    void end() {
        // not process.destroy(): that closes the pipes too, and what it says at its end would be lost
        process.toHandle().destroy();
    }

    /** Closes its standard input, as the system does when this process is gone. */
    void dropLeash() throws IOException {
        process.getOutputStream().close();
    }

    /** Ends the process without asking. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    private void pump(Path log, Consumer<String> warnings) {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                Writer file = Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.append(line).append('\n').flush();
                if (up && LogLine.warns(line)) {
                    warnings.accept(line);
                }
            }
        } catch (IOException e) {
            // the process was killed in the middle of a line, or the folder is being deleted: both are the end
        }
    }
}
