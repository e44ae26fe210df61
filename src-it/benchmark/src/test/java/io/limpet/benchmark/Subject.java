package io.limpet.benchmark;

import io.limpet.benchmark.load.Load;
import io.limpet.it.cluster.Program;
import java.util.List;

/**
 * A server with visitors.
 *
 * @param name stands in the table
 * @param load asks it
 * @param processes all that work for it
 */
record Subject(String name, Load load, List<Program> processes) implements AutoCloseable {

    /** CPU time of all its processes for one request of this path, in µs, measured for this long. */
    double microsOfARequest(String path, long millis) {
        List<Long> pids = processes.stream().map(Program::pid).toList();
        long before = CpuTime.micros(pids);
        long requests = load.run(path, millis);
        return (double) (CpuTime.micros(pids) - before) / requests;
    }

    @Override
    public void close() {
        load.close();
    }
}
