package io.limpet.it.cluster;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code java} process with its output in a file. Nothing is ever written to its standard input, whose other end closes
 * with this JVM: that ends the process even when this JVM is killed.
 */
public final class Program implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final long STOP_LIMIT_SECONDS = 30;

    private final String name;
    private final Path log;
    private final Process process;
    private volatile boolean ended;

    private Program(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts {@code java} with these arguments.
     *
     * @param environment is added to this JVM's, of which no setting of Limpet is passed on
     */
    public static Program start(String name, Path log, Map<String, String> environment, List<String> arguments) {
        return start(Host.LOOPBACK, name, log, environment, arguments);
    }

    /** Starts {@code java} with these arguments on a host. */
    static Program start(Host host, String name, Path log, Map<String, String> environment, List<String> arguments) {
        List<String> command = new ArrayList<>(host.command());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(key -> key.startsWith("LIMPET_"));
        builder.environment().putAll(environment);
        try {
            return new Program(name, log, builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started", e);
        }
    }

    /** The options of {@code java} that tie a jar which knows nothing of it to this JVM's life. */
    public static String lifeline() {
        return "-javaagent:" + Artifact.CONTAINERS.path().resolve("launch/target/lifeline.jar");
    }

    /** Waits for a line in the output, and fails when the process ends before. */
    public MatchResult awaitLine(Pattern pattern) {
        return awaitLine(pattern, START_LIMIT);
    }

    /** The first line in which the pattern is found, once it was printed, which may take so long. */
    public MatchResult awaitLine(Pattern pattern, Duration limit) {
        return await(name + " to say " + pattern)
                .atMost(limit)
                .pollDelay(Duration.ZERO) // most are asked for again and again
                .pollInterval(Duration.ofMillis(50))
                .failFast(name + " ended before it said " + pattern + ", see " + log, () -> !process.isAlive())
                .until(() -> found(pattern), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<MatchResult> found(Pattern pattern) {
        return output().lines()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(Matcher::toMatchResult)
                .findFirst();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where it writes. */
    public Path log() {
        return log;
    }

    /** Everything that it wrote until now, whatever its bytes: a hostile request may be quoted in it. */
    public String output() {
        try {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines that it wrote until now which contain each of these. */
    public List<String> said(String... words) {
        return output().lines()
                .filter(line -> Arrays.stream(words).allMatch(line::contains))
                .toList();
    }

    /** Whether it was this test that ended it. */
    boolean wasEnded() {
        return ended;
    }

    /** {@code kill -9}; returns when the process is gone. */
    public void kill() {
        ended = true;
        process.destroyForcibly();
        awaitEnd();
    }

    /** Sends any signal, which Java cannot do itself. */
    public void signal(String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid()))
                    .inheritIO()
                    .start();
            if (!kill.waitFor(STOP_LIMIT_SECONDS, SECONDS) || kill.exitValue() != 0) {
                throw new AssertionError(name + " (process " + pid() + ") could not be sent " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGTERM; returns when the process is gone. */
    public void stop() {
        tellToEnd();
        awaitEnd();
    }

    private void tellToEnd() {
        ended = true;
        // not process.destroy(): that closes its standard input too, and the lifeline would end it a second time
        process.toHandle().destroy();
    }

    /** Waits until it has ended by a signal that it was sent. */
    public void awaitSignalled() {
        ended = true;
        awaitEnd();
    }

    /** Waits until it has ended by itself, and fails unless it says that it has done what it should. */
    public void awaitSuccess() {
        awaitEnd();
        if (process.exitValue() != 0) {
            throw new AssertionError(name + " ended with " + process.exitValue() + ", see " + log);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, SECONDS)) {
                throw new AssertionError(
                        name + " (process " + pid() + ") did not end within " + STOP_LIMIT_SECONDS + " s, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends all of them at once, each in order if it does that soon; fails when one does not. */
    public static void closeAll(Collection<Program> programs) {
        programs.forEach(Program::tellToEnd);
        RuntimeException failure = new IllegalStateException("not every process ended");
        for (Program program : programs) {
            try {
                program.close();
            } catch (RuntimeException | Error e) {
                failure.addSuppressed(e);
            }
        }
        if (failure.getSuppressed().length > 0) {
            throw failure;
        }
    }

    /** Ends it, in order if it does that soon. */
    @Override
    public void close() {
        try {
            stop();
        } finally {
            process.destroyForcibly();
        }
    }
}
