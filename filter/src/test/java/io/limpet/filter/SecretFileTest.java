package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    private static final Route N1 = new Route("n1");
    private static final String OLD = "the secret of last year";
    private static final String NEW = "the secret of this year";

    @TempDir
    private Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private Path file;
    private RouteCodec routes;

    @BeforeEach
    void begin() throws IOException {
        file = folder.resolve("secret");
        Files.writeString(file, OLD);
        routes = new RenewedRoutes(new SecretFile(file, nanos::get), N1);
    }

    private void secondsPass(long seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void requestsForTwoSeconds() {
        for (int i = 0; i < 2; i++) {
            secondsPass(1);
            routes.tag("4F2A", N1);
        }
    }

    @Test
    void whatIsReadInTheMiddleOfBeingWrittenIsNotTaken() throws IOException {
        String old = routes.tag("4F2A", N1);

        Files.writeString(file, NEW + "," + OLD.substring(0, 20));
        secondsPass(1);
        assertThat(routes.tag("4F2A", N1)).isEqualTo(old);
        Files.writeString(file, NEW + "," + OLD);
        requestsForTwoSeconds();

        assertThat(routes.tag("4F2A", N1)).isNotEqualTo(old);
        assertThat(routes.decode(old)).isPresent();
    }

    @Test
    void aRotationTakesHoldWithinTwoSecondsAndForgetsNoRoute() throws IOException {
        String old = routes.tag("4F2A", N1);

        Files.writeString(file, NEW + "," + OLD + "\n");
        assertThat(routes.tag("4F2A", N1)).isEqualTo(old);
        requestsForTwoSeconds();

        assertThat(routes.tag("4F2A", N1)).isNotEqualTo(old);
        assertThat(routes.decode(old)).isPresent();
        Files.writeString(file, NEW);
        requestsForTwoSeconds();
        assertThat(routes.decode(old)).isEmpty();
        assertThat(routes.isForged(old)).isTrue();
    }

    @Test
    void aFileThatIsAwayOrWrongChangesNothing() throws IOException {
        String old = routes.tag("4F2A", N1);

        Files.delete(file);
        secondsPass(1);
        assertThat(routes.tag("4F2A", N1)).isEqualTo(old);

        Files.writeString(file, "short");
        requestsForTwoSeconds();
        assertThat(routes.tag("4F2A", N1)).isEqualTo(old);

        Files.writeString(file, NEW);
        requestsForTwoSeconds();
        assertThat(routes.tag("4F2A", N1)).isNotEqualTo(old);
    }
}
