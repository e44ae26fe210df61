package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.UnresolvedAddressException;
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
        "UNREACHED,  POST,   true,  0, NEXT_NODE",
        "UNRESOLVED, POST,   true,  0, NEXT_NODE",
        "NOT_SENT,   POST,   true,  0, ONCE_MORE",
        "NOT_SENT,   POST,   true,  1, NEXT_NODE",
        // lost where the node may have been about to close: what may arrive twice, where the session is
        "STALE,      GET,    true,  0, ONCE_MORE",
        "STALE,      DELETE, true,  0, ONCE_MORE",
        "STALE,      PUT,    false, 0, GIVE_UP",
        "STALE,      POST,   true,  0, GIVE_UP",
        // a second attempt at the same node is the last there, whatever the first one met
        "STALE,      GET,    true,  1, NEXT_NODE",
        "NOT_SENT,   GET,    true,  1, NEXT_NODE",
        "LOST,       GET,    true,  1, NEXT_NODE",
        // lost: what may arrive twice, elsewhere
        "LOST,       GET,    true,  0, NEXT_NODE",
        "LOST,       HEAD,   true,  0, NEXT_NODE",
        "LOST,       DELETE, true,  0, NEXT_NODE",
        "LOST,       OPTIONS, true, 0, NEXT_NODE",
        "LOST,       PUT,    false, 0, GIVE_UP",
        "LOST,       GET,    false, 0, GIVE_UP",
        "LOST,       POST,   true,  0, GIVE_UP",
        "LOST,       PATCH,  true,  0, GIVE_UP",
        "LOST,       get,    true,  0, GIVE_UP",
        "LOST,       LOCK,   true,  0, GIVE_UP",
        // the node had it, or the client is at fault
        "TIMED_OUT,  GET,    true,  0, GIVE_UP",
        "MALFORMED,  GET,    true,  0, GIVE_UP",
        "OVERLOADED, GET,    true,  0, GIVE_UP",
        "UNFINISHED, PUT,    false, 0, GIVE_UP",
        "CLIENT,     GET,    false, 0, GIVE_UP"
    })
    void aRequestIsRepeatedOnlyWhenItCannotBeExecutedTwice(
            Failure failure, String method, boolean untouched, int before, Retry expected) {
        assertThat(Retry.after(failure, method, untouched, before > 0)).isEqualTo(expected);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), Failure.Sent.NOTHING, Failure.REFUSED),
                Arguments.of(new NoRouteToHostException(), Failure.Sent.NOTHING, Failure.REFUSED),
                Arguments.of(new SocketTimeoutException("Connect Timeout"), Failure.Sent.NOTHING, Failure.UNREACHED),
                Arguments.of(new UnknownHostException("nowhere"), Failure.Sent.NOTHING, Failure.UNRESOLVED),
                Arguments.of(new UnresolvedAddressException(), Failure.Sent.NOTHING, Failure.UNRESOLVED),
                Arguments.of(new IOException("Too many open files"), Failure.Sent.NOTHING, Failure.NOT_SENT),
                Arguments.of(new AsynchronousCloseException(), Failure.Sent.NOTHING, Failure.NOT_SENT),
                Arguments.of(new RejectedExecutionException("queue is full"), Failure.Sent.NOTHING, Failure.OVERLOADED),
                Arguments.of(new RejectedExecutionException(), Failure.Sent.ON_NEW, Failure.UNFINISHED),
                Arguments.of(new RejectedExecutionException(), Failure.Sent.ON_POOLED, Failure.UNFINISHED),
                Arguments.of(new EOFException(), Failure.Sent.ON_NEW, Failure.LOST),
                Arguments.of(new IOException("Connection reset by peer"), Failure.Sent.ON_NEW, Failure.LOST),
                Arguments.of(new EOFException(), Failure.Sent.ON_POOLED, Failure.STALE),
                Arguments.of(new TimeoutException("idle"), Failure.Sent.ON_NEW, Failure.TIMED_OUT),
                Arguments.of(new IllegalArgumentException("no HTTP"), Failure.Sent.ON_NEW, Failure.MALFORMED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failuresAreToldApart(Throwable cause, Failure.Sent sent, Failure expected) {
        assertThat(Failure.of(cause, sent, false)).isEqualTo(expected);
        assertThat(Failure.of(cause, sent, true)).isEqualTo(Failure.CLIENT);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void theLogGetsOneShortLine(Throwable cause) {
        assertThat(Failure.describe(cause)).isNotBlank().hasSizeLessThan(150).doesNotContain("\n");
    }
}
