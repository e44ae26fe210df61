package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitGuardTest {

    private final HttpServletResponse response = mock(HttpServletResponse.class);
    private final Exchange exchange = mock(Exchange.class);
    private final CommitGuard guard = new CommitGuard(response, exchange);

    @BeforeEach
    void aBufferOf8192() throws Exception {
        when(response.getBufferSize()).thenReturn(8192);
        when(exchange.beforeCommit()).thenReturn(true);
    }

    @Test
    void whatFitsIntoTheBufferDoesNotLeave() throws Exception {
        for (int length : new int[] {2048, 2048, 2048, 2047}) {
            assertThat(guard.mayWrite(length)).isTrue();
        }

        verify(exchange, times(0)).beforeCommit();
    }

    @Test
    void oneWriteOfMoreThanAQuarterOfTheBufferMayLeaveAtOnce() throws Exception {
        guard.mayWrite(2049);

        verify(exchange, times(1)).beforeCommit();
    }

    @Test
    void aChangeAfterTheFirstQuestionIsAskedForAgainWhileNothingHasLeft() throws Exception {
        guard.mayWrite(9000);
        guard.mayWrite(1);

        verify(exchange, times(2)).beforeCommit();
    }

    @Test
    void whatFollowsTheFirstByteIsNotAskedFor() throws Exception {
        guard.mayWrite(9000);
        when(response.isCommitted()).thenReturn(true);
        guard.mayWrite(9000);

        verify(exchange, times(1)).beforeCommit();
    }

    @Test
    void theAnnouncedLengthMakesItLeaveToo() throws Exception {
        guard.expect("Content-Length", "10");
        guard.expect(null, "10");
        guard.mayWrite(10);

        verify(exchange, times(1)).beforeCommit();
    }

    @Test
    void theLengthOfTextIsNeverUnderestimated() {
        String text = "a\u00e9\u20ac\ud83d\ude00";
        for (var charset : new java.nio.charset.Charset[] {
            StandardCharsets.UTF_8, StandardCharsets.UTF_16BE, StandardCharsets.ISO_8859_1
        }) {
            assertThat(EncodedLength.in(charset).of(text, 0, text.length()))
                    .as(charset.name())
                    .isGreaterThanOrEqualTo(text.getBytes(charset).length);
        }
        assertThat(EncodedLength.in(StandardCharsets.UTF_8).of(text, 0, text.length()))
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
        assertThat(EncodedLength.in(StandardCharsets.UTF_8).of(text, 1, 2)).isEqualTo(5);
    }
}
