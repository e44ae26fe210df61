package io.limpet.benchmark;

import io.limpet.benchmark.load.Load;
import io.limpet.it.cluster.Program;
import java.util.List;

/**
 * An application that is measured, in a server alone or with one that it replicates to. Another one may be measured in
 * the same processes: two JVMs that do the same differ by more than what is to be found out.
 *
 * @param name stands in the table
 * @param port of the one that is asked
 * @param context the application's path
 * @param processes all that work for it
 */
record Server(String name, int port, String context, List<Program> processes) implements AutoCloseable {

    /** With visitors of its own, whose sessions have this size. */
    Subject visited(int sessionBytes) {
        return new Subject(name, new Load(port, context, sessionBytes), processes);
    }

    /** Ends its processes, and with them every application in them. */
    @Override
    public void close() {
        processes.forEach(Program::close);
    }
}
