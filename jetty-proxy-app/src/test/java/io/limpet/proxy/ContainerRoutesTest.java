package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.limpet.route.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ContainerRoutesTest {

    private final ContainerRoutes routes = new ContainerRoutes();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(ContainerRoutes.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
    }

    @Test
    void anotherRouteThanTheNodesIsReportedOnceForEachNodeWithWhatToChange() {
        routes.check("4F2A.foo", new Route("n1"));
        routes.check("77B1.foo", new Route("n1"));
        routes.check("77B1", new Route("n2"));

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        message -> assertThat(message)
                                .startsWith(
                                        "node 'n1' (tagging=container) has set a session cookie that does not end in .n1")
                                .contains("jvmRoute", "cloneId"),
                        message -> assertThat(message).startsWith("node 'n2' "));
        assertThat(log.list.toString()).doesNotContain("4F2A", "77B1");
    }

    @Test
    void whatEndsInTheNodesRouteIsRight() {
        routes.check("4F2A.n1", new Route("n1"));
        routes.check("00004F2A:n1", new Route("n1"));
        routes.check("", new Route("n1")); // it is taken back

        assertThat(log.list).isEmpty();
    }
}
