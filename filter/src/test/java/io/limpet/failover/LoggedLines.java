package io.limpet.failover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class logs from now on, until nobody listens any more; for any thread. */
public final class LoggedLines implements AutoCloseable {

    // held here: the JDK forgets a logger that nobody holds, and its handlers with it
    private final Logger log;
    private final List<LogRecord> lines = new CopyOnWriteArrayList<>();
    private final Handler ear = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private LoggedLines(Logger log) {
        this.log = log;
    }

    /** What this class logs under its own name. */
    public static LoggedLines of(Class<?> type) {
        LoggedLines lines = new LoggedLines(Logger.getLogger(type.getName()));
        lines.log.addHandler(lines.ear);
        return lines;
    }

    /** The lines as they stand in the code, without their values. */
    public List<String> messages() {
        return lines.stream().map(LogRecord::getMessage).toList();
    }

    /** The values of all lines. */
    public List<Object> values() {
        List<Object> values = new ArrayList<>();
        lines.forEach(line -> values.addAll(Arrays.asList(line.getParameters())));
        return values;
    }

    @Override
    public void close() {
        log.removeHandler(ear);
    }
}
