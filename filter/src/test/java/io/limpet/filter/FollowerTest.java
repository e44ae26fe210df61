package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.failover.Arrival;
import io.limpet.failover.OpenedSession;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FollowerTest {

    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final HttpServletResponse response = mock(HttpServletResponse.class);

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "/shop/cart, none, ./cart",
                "/shop/cart, item=mug&n=2, ./cart?item=mug&n=2",
                "/shop/, none, ./",
                "/, a=//b, ./?a=//b",
                "//evil.example, none, ./evil.example",
                "/shop/a:b, none, ./a:b",
            })
    void aRequestIsSentBackToItsOwnAddressAndToNoOtherHost(String path, String query, String location)
            throws Exception {
        when(request.getRequestURI()).thenReturn(path);
        when(request.getQueryString()).thenReturn(query);
        Follower.sendBack(true, request, response);
        verify(response).setStatus(307);
        verify(response).setHeader("Location", location);
    }

    @ParameterizedTest
    @EnumSource
    void onlyARequestOfTheClientsIsSentBackAndNoErrorPage(DispatcherType type) {
        when(request.getDispatcherType()).thenReturn(type);
        Arrival follows = mock(Arrival.class);
        when(follows.adopted())
                .thenReturn(Optional.of(new OpenedSession(mock(HttpSession.class), "4F2A", Optional.empty())));

        assertThat(new Follower(() -> true, () -> false).mustComeAgain(request, follows))
                .isEqualTo(type == DispatcherType.REQUEST);
    }

    @Test
    void aRequestIsNotSentBackWithoutTheNewCookie() throws Exception {
        when(response.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
        Follower.sendBack(false, request, response);
        verify(response).setStatus(503);
        verify(response, never()).setStatus(307);
    }
}
