package io.limpet.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The CPU time that each thread of some processes had used at one moment, in ns: the first number in {@code
 * /proc/PID/task/TID/schedstat}. The process's own {@code stat} counts in ticks of 10 ms, too coarse for short turns.
 *
 * @param ofThreads by the thread's file
 */
public record CpuTime(Map<Path, Long> ofThreads) {

    static CpuTime of(List<Long> pids) {
        return of(pids, task -> true);
    }

    /** Of all threads but those with which a JVM compiles: what they do is over when it is warm. */
    public static CpuTime withoutCompilers(List<Long> pids) {
        return of(pids, task -> !name(task).matches("C[12] Comp.*"));
    }

    private static String name(Path task) {
        try {
            return Files.readString(task.resolve("comm"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static CpuTime of(List<Long> pids, Predicate<Path> counted) {
        Map<Path, Long> threads = new HashMap<>();
        for (long pid : pids) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
                for (Path task : tasks) {
                    if (counted.test(task)) {
                        read(task.resolve("schedstat"), threads);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("process " + pid + " is gone", e);
            }
        }
        return new CpuTime(threads);
    }

    private static void read(Path schedstat, Map<Path, Long> threads) throws IOException {
        try {
            threads.put(schedstat, Long.parseLong(Files.readString(schedstat).split(" ", 2)[0]));
        } catch (IOException e) {
            if (Files.exists(schedstat)) {
                throw e;
            }
            // it ended, maybe while it was read; what it used since the last look is lost to the measurement: that is
            // seldom
        }
    }

    /** What was used since then, in ns. */
    public long since(CpuTime before) {
        return ofThreads.entrySet().stream()
                .mapToLong(thread -> thread.getValue() - before.ofThreads.getOrDefault(thread.getKey(), 0L))
                .sum();
    }
}
