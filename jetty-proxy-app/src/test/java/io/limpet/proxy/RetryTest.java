package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetryTest {

    @ParameterizedTest
    @CsvSource({
        // nothing was sent: any method
        "REFUSED,    POST,   true,  0, NEXT_NODE",
        "REFUSED,    GET,    true,  0, NEXT_NODE",
        "NOT_SENT,   POST,   true,  1, SAME_NODE",
        "NOT_SENT,   POST,   true,  2, NEXT_NODE",
        // lost: what may arrive twice, first where the session is
        "LOST,       GET,    true,  1, SAME_NODE",
        "LOST,       HEAD,   true,  1, SAME_NODE",
        "LOST,       DELETE, true,  1, SAME_NODE",
        "LOST,       GET,    true,  2, NEXT_NODE",
        "LOST,       PUT,    false, 1, GIVE_UP",
        "LOST,       GET,    false, 1, GIVE_UP",
        "LOST,       POST,   true,  1, GIVE_UP",
        "LOST,       PATCH,  true,  1, GIVE_UP",
        "LOST,       get,    true,  1, GIVE_UP",
        "LOST,       LOCK,   true,  1, GIVE_UP",
        // the node had it, or the client is at fault
        "TIMED_OUT,  GET,    true,  0, GIVE_UP",
        "MALFORMED,  GET,    true,  0, GIVE_UP",
        "OVERLOADED, GET,    true,  0, GIVE_UP",
        "CLIENT,     GET,    false, 0, GIVE_UP"
    })
    void aRequestIsRepeatedOnlyWhenItCannotBeExecutedTwice(
            Failure failure, String method, boolean untouched, int losses, Retry expected) {
        assertThat(Retry.after(failure, method, untouched, losses)).isEqualTo(expected);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), false, Failure.REFUSED),
                Arguments.of(new NoRouteToHostException(), false, Failure.REFUSED),
                Arguments.of(new SocketTimeoutException("Connect Timeout"), false, Failure.REFUSED),
                Arguments.of(new UnknownHostException("nowhere"), false, Failure.REFUSED),
                Arguments.of(new IOException("Too many open files"), false, Failure.NOT_SENT),
                Arguments.of(new AsynchronousCloseException(), false, Failure.NOT_SENT),
                Arguments.of(new RejectedExecutionException("queue is full"), false, Failure.OVERLOADED),
                Arguments.of(new EOFException(), true, Failure.LOST),
                Arguments.of(new IOException("Connection reset by peer"), true, Failure.LOST),
                Arguments.of(new TimeoutException("idle"), true, Failure.TIMED_OUT),
                Arguments.of(new IllegalArgumentException("no HTTP"), true, Failure.MALFORMED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failuresAreToldApart(Throwable cause, boolean connected, Failure expected) {
        assertThat(Failure.of(cause, connected, false)).isEqualTo(expected);
        assertThat(Failure.of(cause, connected, true)).isEqualTo(Failure.CLIENT);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theLogGetsOneShortLine(Throwable cause) {
        assertThat(Failure.describe(cause)).isNotBlank().hasSizeLessThan(150).doesNotContain("\n");
    }
}
