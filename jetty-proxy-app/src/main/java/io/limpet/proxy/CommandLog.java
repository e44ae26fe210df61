package io.limpet.proxy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * How the command logs: one line an event, to standard error, so that standard output stays with what was asked for.
 * In code and not in a file because logback's reader of XML takes a third of the start.
 *
 * <p>Logback finds this class as a service. It does something only when the command has asked for it: a server that
 * has the servlet in it configures its own log. {@code -Dlogback.configurationFile=FILE} wins.
 */
public final class CommandLog extends ContextAwareBase implements Configurator {

    /** What a client wrote, and a library quotes, begins no line of its own: only a stack trace goes on in others. */
    static final String PATTERN = "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level %logger{0}: "
            + "%replace(%msg%n%ex){'[\\r\\n]+(?!\tat |\t[.][.][.] |Caused by: |$)', ' '}%nopex";

    private static volatile boolean asked;

    /** Called by the command before anything logs. */
    static void use() {
        asked = System.getProperty("logback.configurationFile") == null;
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (!asked) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(appender);
        context.getLogger("org.eclipse.jetty").setLevel(Level.WARN);
        // a line for each request with a bad Host: as many as a client likes
        context.getLogger("org.eclipse.jetty.util.HostPort").setLevel(Level.ERROR);
        // it warns at each attempt to connect; that the cluster cannot be reached, the proxy says itself, once
        context.getLogger("com.hazelcast").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
