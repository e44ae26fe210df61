package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionTaggerTest {

    private final SessionTagger tagger = new SessionTagger(new PlainRoutes(), new Route("n1"), "JSESSIONID");
    private final List<String> lines = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final HttpServletRequest request = ContainerMocks.request();
    private final HttpServletResponse response = ContainerMocks.response(lines, told);

    /** The request comes through Limpet's proxy. */
    private void isProxied() {
        when(request.getHeader("Limpet-Route")).thenReturn("fresh");
    }

    private void sessionIs(String id) {
        HttpSession session = mock(HttpSession.class);
        when(session.getId()).thenReturn(id);
        when(request.getSession(false)).thenReturn(session);
    }

    @Test
    void theSessionCookieIsTaggedWhereItStandsAndTheOthersKeepTheirBytes() {
        lines.addAll(List.of("a=\"1\"; Path=/x", "JSESSIONID=4F2A; Path=/; HttpOnly; SameSite=Lax", "b=2"));
        tagger.sync(request, response);
        assertThat(lines)
                .containsExactly("a=\"1\"; Path=/x", "JSESSIONID=4F2A.n1; Path=/; HttpOnly; SameSite=Lax", "b=2");
    }

    @Test
    void whatIsTaggedStaysAsItIs() {
        lines.add("JSESSIONID=4F2A; Path=/");
        tagger.sync(request, response);
        tagger.sync(request, response);
        assertThat(lines).containsExactly("JSESSIONID=4F2A.n1; Path=/");
        verify(response, times(1)).setHeader(anyString(), anyString());
    }

    // Tomcat's jvmRoute is a part of the id, Jetty's workerName and WildFly's instance-id stand behind it
    @ParameterizedTest
    @CsvSource({"4F2A.n1, 4F2A.n1", "n11abc0.n1, n11abc0", "node0ab1.node0, node0ab1", "00004F2A:n1, 4F2A"})
    void aRouteOfTheContainersOwnStaysAndGetsOursBehindItAlsoWhenTheyAreEqual(String value, String id) {
        sessionIs(id);
        lines.add("JSESSIONID=" + value + "; Path=/");
        tagger.sync(request, response);
        tagger.sync(request, response);
        assertThat(lines).containsExactly("JSESSIONID=" + value + ".n1; Path=/");
    }

    @Test
    void theProxyIsToldWhatIsTaggedAndNobodyElseIs() {
        lines.add("JSESSIONID=4F2A.n1");
        tagger.sync(request, response);
        assertThat(told).isEmpty();

        isProxied();
        tagger.sync(request, response);
        tagger.sync(request, response);
        assertThat(told).containsExactly("4F2A.n1.n1");
    }

    @Test
    void theProxyIsToldAgainWhenAResetHasRemovedIt() {
        isProxied();
        lines.add("JSESSIONID=4F2A");
        tagger.sync(request, response);
        told.clear();
        tagger.sync(request, response);
        assertThat(told).containsExactly("4F2A.n1");
    }

    @Test
    void aCookieThatIsDeletedIsNotTagged() {
        lines.add("JSESSIONID=; Max-Age=0; Path=/");
        tagger.sync(request, response);
        assertThat(lines).containsExactly("JSESSIONID=; Max-Age=0; Path=/");
    }

    @Test
    void aResponseThatHasLeftIsLeftAlone() {
        lines.add("JSESSIONID=4F2A");
        when(response.isCommitted()).thenReturn(true);
        tagger.sync(request, response);
        assertThat(lines).containsExactly("JSESSIONID=4F2A");
    }

    @Test
    void theSessionInAUrlIsTagged() {
        assertThat(tagger.tagUrl("/cart;jsessionid=4F2A?a=b", request, response))
                .isEqualTo("/cart;jsessionid=4F2A.n1?a=b");
        assertThat(tagger.tagUrl("/cart;jsessionid=4F2A.n1", request, response)).isEqualTo("/cart;jsessionid=4F2A.n1");
        assertThat(tagger.tagUrl("/cart?jsessionid=4F2A", request, response)).isEqualTo("/cart?jsessionid=4F2A");
    }

    @Test
    void aUrlThatWasTaggedForAnotherRequestIsNotTaggedAgain() {
        sessionIs("4F2A");
        isProxied();
        assertThat(tagger.tagUrlAgain("/cart;jsessionid=4F2A.n1", request, response))
                .isEqualTo("/cart;jsessionid=4F2A.n1");
        assertThat(told).containsExactly("4F2A.n1");
    }

    @Test
    void theIdThatTheApplicationPutIntoAUrlItselfIsTaggedAlsoWhenItEndsInOurRoute() {
        sessionIs("4F2A.n1");
        assertThat(tagger.tagUrlAgain("/cart;jsessionid=4F2A.n1", request, response))
                .isEqualTo("/cart;jsessionid=4F2A.n1.n1");
    }

    @Test
    void theApplicationSeesNoRouteOfThisNode() {
        assertThat(tagger.withoutRoute("4F2A.n1", request)).isEqualTo("4F2A");
        assertThat(tagger.withoutRoute("node0ab1.node0", request)).isEqualTo("node0ab1.node0");
        assertThat(tagger.withoutRoute("4F2A", request)).isEqualTo("4F2A");
    }

    @Test
    void whatIsLeftWhenTheProxyHasTakenTheRouteAwayIsTheContainersOwn() {
        isProxied();
        assertThat(tagger.withoutRoute("4F2A.n1", request)).isEqualTo("4F2A.n1");
    }
}
