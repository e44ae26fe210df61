package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A line of the command's log is this proxy's, whatever clients have written. */
class CommandLogTest {

    private static final String FORGED = "Bad authority a\r\n2026-01-01 00:00:00.000 INFO  Main: all is well\nb";

    private static String line(String message, @Nullable Throwable cause) {
        LoggerContext context = new LoggerContext();
        PatternLayout layout = new PatternLayout();
        layout.setContext(context);
        layout.setPattern(CommandLog.PATTERN);
        layout.start();
        return layout.doLayout(new LoggingEvent(
                CommandLogTest.class.getName(), context.getLogger("a.b.Some"), Level.WARN, message, cause, null));
    }

    @Test
    void aMessageIsOneLine() {
        assertThat(line(FORGED, null))
                .endsWith("WARN  Some: Bad authority a 2026-01-01 00:00:00.000 INFO  Main: all is well b"
                        + System.lineSeparator())
                .hasLineCount(1);
    }

    @Test
    void anExceptionsMessageBeginsNoLineAndItsTraceStaysReadable() {
        String[] lines = line("it failed", new IOException(FORGED, new IllegalStateException(FORGED)))
                .split("\\R");

        assertThat(lines[0])
                .endsWith("WARN  Some: it failed java.io.IOException: "
                        + "Bad authority a 2026-01-01 00:00:00.000 INFO  Main: all is well b");
        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(lines)
                .filteredOn(line -> !line.equals(lines[0]))
                .allMatch(line ->
                        line.startsWith("\t") || line.startsWith("Caused by: java.lang.IllegalStateException: Bad "));
    }
}
