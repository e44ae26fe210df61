package io.limpet.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The CPU time that processes have used. */
final class CpuTime {

    private static final long MICROS_OF_A_TICK = 10_000;

    private CpuTime() {}

    /** User and system time of these processes together, in µs: proc(5), the 14th and 15th field, in ticks of 10 ms. */
    static long micros(List<Long> pids) {
        return pids.stream().mapToLong(CpuTime::micros).sum();
    }

    private static long micros(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // the second field, the command in parentheses, may hold spaces
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return MICROS_OF_A_TICK * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]));
        } catch (IOException e) {
            throw new UncheckedIOException("process " + pid + " is gone", e);
        }
    }
}
