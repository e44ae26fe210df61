package io.limpet.benchmark;

import io.limpet.benchmark.load.Load;
import io.limpet.it.cluster.Program;
import java.util.List;

/**
 * A server that is measured, alone or with those that it replicates to.
 *
 * @param name stands in the table
 * @param port of the one that is asked
 * @param processes all that work for it
 */
record Server(String name, int port, List<Program> processes) implements AutoCloseable {

    /** With visitors of its own, whose sessions have this size. */
    Subject visited(int sessionBytes) {
        return new Subject(name, new Load(port, sessionBytes), processes);
    }

    @Override
    public void close() {
        processes.forEach(Program::close);
    }
}
