package io.limpet.failover.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What has happened, for whoever looks for the cause of a violation; kept only when a single run is played again. */
final class Trace {

    private static final int LAST = 400;

    private final boolean kept;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean kept) {
        this.kept = kept;
    }

    void add(Supplier<String> line) {
        if (kept) {
            lines.add(line.get());
        }
    }

    @Override
    public String toString() {
        return String.join("\n  ", lines.subList(Math.max(0, lines.size() - LAST), lines.size()));
    }
}
