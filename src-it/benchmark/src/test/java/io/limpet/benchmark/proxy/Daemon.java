package io.limpet.benchmark.proxy;

import static org.awaitility.Awaitility.await;

import io.limpet.benchmark.CpuTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server's process and those that it has started. */
final class Daemon implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private final Process process;

    private Daemon(Process process) {
        this.process = process;
    }

    /** Starts a command whose output goes to a file. */
    static Daemon start(Path log, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("LIMPET_"));
            builder.environment().put("LIMPET_ADMIN_TOKEN", "a-token-of-the-benchmark"); // peers want one
            return new Daemon(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end, which has to be a good one. */
    static void run(Path log, List<String> command, List<String> more) {
        List<String> all = new ArrayList<>(command);
        all.addAll(more);
        try (Daemon daemon = start(log, all)) {
            if (!daemon.process.waitFor(1, TimeUnit.MINUTES) || daemon.process.exitValue() != 0) {
                throw new IllegalStateException(command.get(0) + " failed, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    private List<Long> pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    /** Without the threads of a JVM that compile. */
    CpuTime cpuTime() {
        return CpuTime.withoutCompilers(pids());
    }

    /** Has every JVM among its processes collect its garbage, so that what is resident is needed. */
    void collectGarbage(Path log) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        pids().forEach(pid -> run(log, List.of(jcmd, Long.toString(pid), "GC.run"), List.of()));
    }

    /** What is resident of all its processes, in MB; what they share is counted once a process. */
    double residentMegabytes() {
        return pids().stream().mapToLong(Daemon::residentKilobytes).sum() / 1024.0;
    }

    private static long residentKilobytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (NoSuchFileException ended) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it and its children. */
    @Override
    public void close() {
        List<ProcessHandle> all = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(STOP_LIMIT)
                    .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
