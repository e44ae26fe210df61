package io.limpet.filter;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void aRequestIsNotSentBackWithoutTheNewCookie() throws Exception {
        when(response.getOutputStream()).thenReturn(mock(ServletOutputStream.class));
        Follower.sendBack(false, request, response);
        verify(response).setStatus(503);
        verify(response, never()).setStatus(307);
    }
}
