package io.limpet.filter;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A container's request and response, as far as tagging needs them; mocks, because the interfaces have forty methods. */
final class ContainerMocks {

    private ContainerMocks() {}

    /** A request that keeps its attributes. */
    static HttpServletRequest request() {
        HttpServletRequest request = mock(HttpServletRequest.class);
        Map<String, Object> attributes = new HashMap<>();
        when(request.getAttribute(anyString())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(request)
                .setAttribute(anyString(), any());
        return request;
    }

    /** A response that keeps its Set-Cookie lines, and what it tells the proxy, in these lists. */
    static HttpServletResponse response(List<String> setCookies, List<String> told) {
        HttpServletResponse response = mock(HttpServletResponse.class);
        keep(response, "Set-Cookie", setCookies);
        keep(response, "Limpet-Tagged", told);
        return response;
    }

    private static void keep(HttpServletResponse response, String header, List<String> lines) {
        when(response.getHeaders(header)).thenReturn(lines);
        when(response.containsHeader(header)).thenAnswer(call -> !lines.isEmpty());
        doAnswer(call -> {
                    lines.clear();
                    return lines.add(call.getArgument(1));
                })
                .when(response)
                .setHeader(eq(header), anyString());
        doAnswer(call -> lines.add(call.getArgument(1))).when(response).addHeader(eq(header), anyString());
    }
}
