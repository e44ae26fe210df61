package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.failover.OpenedSession;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.ServletContext;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.ArgumentCaptor;

class SessionCookieTest {

    private final SessionTagger tagger = new SessionTagger(new PlainRoutes(), new Route("n1"), "JSESSIONID");
    private final HttpServletRequest request = ContainerMocks.request();
    private final List<String> lines = new ArrayList<>();
    private final HttpServletResponse response = ContainerMocks.response(lines, new ArrayList<>());

    /** The request comes through the proxy, which has taken Limpet's route off this cookie. */
    private void isSentBehindTheProxy(String cookie) {
        when(request.getHeader("Limpet-Route")).thenReturn("owner");
        when(request.getHeaders("Cookie")).thenReturn(Collections.enumeration(List.of("$odd=1; JSESSIONID=" + cookie)));
    }

    private static HttpSession session(String id) {
        HttpSession session = mock(HttpSession.class);
        when(session.getId()).thenReturn(id);
        ServletContext context = mock(ServletContext.class);
        when(context.getContextPath()).thenReturn("/shop");
        when(context.getSessionCookieConfig()).thenReturn(mock(SessionCookieConfig.class));
        when(session.getServletContext()).thenReturn(context);
        return session;
    }

    private static OpenedSession withoutLine(String id) {
        return new OpenedSession(session(id), id, Optional.empty());
    }

    // Tomcat's jvmRoute is a part of the id; Jetty's workerName and WildFly's instance-id are not, here equal to our
    // name
    @ParameterizedTest
    @CsvSource({"4F2A.n1, 4F2A.n1, 77B1.n1, 77B1.n1.n1", "n14f2a.n1, n14f2a, n177b1, n177b1.n1.n1"})
    void anotherSessionsCookieIsWrittenAsTheContainerWouldAndTaggedOnce(
            String seen, String seenId, String otherId, String written) {
        isSentBehindTheProxy(seen);
        tagger.cookie().learn(request, session(seenId));

        tagger.cookie().send(withoutLine(otherId), request, response);

        ArgumentCaptor<Cookie> sent = ArgumentCaptor.forClass(Cookie.class);
        verify(response).addCookie(sent.capture());
        assertThat(sent.getValue().getValue()).isEqualTo(written);
        assertThat(sent.getValue().getPath()).isEqualTo("/shop");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false", ", true"})
    void scriptsMayReadItWhereTheApplicationSaysSo(String httpOnly, boolean written) {
        isSentBehindTheProxy("4F2A");
        tagger.cookie().learn(request, session("4F2A"));
        HttpSession other = session("77B1");
        SessionCookieConfig config = other.getServletContext().getSessionCookieConfig();
        when(config.getAttributes()).thenReturn(httpOnly == null ? Map.of() : Map.of("HttpOnly", httpOnly));

        tagger.cookie().send(new OpenedSession(other, "77B1", Optional.empty()), request, response);

        ArgumentCaptor<Cookie> sent = ArgumentCaptor.forClass(Cookie.class);
        verify(response).addCookie(sent.capture());
        assertThat(sent.getValue().isHttpOnly()).isEqualTo(written);
    }

    @Test
    void untilAContainersCookieWasSeenNoneIsWritten() {
        tagger.cookie().send(withoutLine("77B1"), request, response);
        verify(response, never()).addCookie(any());
    }

    @Test
    void aLineThatWasTaggedForAnotherRequestIsSentAsItIs() {
        String line = "JSESSIONID=4F2A.n1; Path=/";
        tagger.cookie().send(new OpenedSession(session("4F2A"), "4F2A", Optional.of(line)), request, response);
        tagger.sync(request, response);
        assertThat(lines).containsExactly(line);
    }
}
