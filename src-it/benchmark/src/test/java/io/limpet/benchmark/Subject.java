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

    private static final int REQUESTS_AT_ONCE = 500;

    /** Asks so often that the JVM has compiled what it runs. */
    void warmUp(String path, int requests) {
        for (int i = 0; i < requests; i += REQUESTS_AT_ONCE) {
            load.run(path, REQUESTS_AT_ONCE);
        }
    }

    /** CPU time of all its processes for one of these requests, in µs. */
    double microsOfARequest(String path, int requests) {
        List<Long> pids = processes.stream().map(Program::pid).toList();
        CpuTime before = CpuTime.of(pids);
        load.run(path, requests);
        return CpuTime.of(pids).since(before) / 1_000.0 / requests;
    }

    @Override
    public void close() {
        load.close();
    }
}
