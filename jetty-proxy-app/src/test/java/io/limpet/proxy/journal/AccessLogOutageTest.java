package io.limpet.proxy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The disk cannot be written. */
class AccessLogOutageTest {

    private final ListAppender<ILoggingEvent> told = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.class);
    private final AtomicInteger attempts = new AtomicInteger();
    private final AccessLog log = AccessLog.to(
            new LogTarget() {
                @Override
                public OutputStream open() throws IOException {
                    attempts.incrementAndGet();
                    throw new IOException("no space left on device");
                }

                @Override
                public boolean isStillThere() {
                    return true;
                }
            },
            request -> "");

    @BeforeEach
    void listen() {
        told.start();
        logger.addAppender(told);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        log.close();
        logger.detachAppender(told);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Test
    void itIsTriedOnceASecondAndToldOnce() {
        await().during(Duration.ofMillis(1_500)).until(() -> attempts.get() <= 4);
        log.close();

        assertThat(told.list)
                .filteredOn(event -> event.getFormattedMessage().contains("no space left on device"))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void linesThatAreNeverWrittenAreCounted() {
        log.add("a");
        log.add("b");
        log.close();

        assertThat(told.list)
                .anySatisfy(event -> assertThat(event.getFormattedMessage()).contains("2 lines are left out"));
    }
}
