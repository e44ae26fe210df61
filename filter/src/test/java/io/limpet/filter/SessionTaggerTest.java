package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
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

class SessionTaggerTest {

    private final SessionTagger tagger = new SessionTagger(new PlainRoutes(), new Route("n1"), "JSESSIONID");
    private final HttpServletRequest request = mock(HttpServletRequest.class);
    private final List<String> lines = new ArrayList<>();
    private final HttpServletResponse response = response();

    /** A container's response that keeps its Set-Cookie lines; a mock, because the interface has forty methods. */
    private HttpServletResponse response() {
        HttpServletResponse container = mock(HttpServletResponse.class);
        when(container.getHeaders("Set-Cookie")).thenReturn(lines);
        doAnswer(call -> {
                    lines.clear();
                    return lines.add(call.getArgument(1));
                })
                .when(container)
                .setHeader(eq("Set-Cookie"), anyString());
        doAnswer(call -> lines.add(call.getArgument(1))).when(container).addHeader(eq("Set-Cookie"), anyString());
        return container;
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
        lines.add("JSESSIONID=4F2A.n1; Path=/");
        tagger.sync(request, response);
        verify(response, never()).setHeader(anyString(), anyString());
    }

    @Test
    void aValueWithASegmentOfTheContainersOwnGetsExactlyOneMore() {
        lines.add("JSESSIONID=node0ab1.node0; Path=/");
        tagger.sync(request, response);
        assertThat(lines).containsExactly("JSESSIONID=node0ab1.node0.n1; Path=/");
    }

    @Test
    void aRouteThatTheContainerMadePartOfTheIdItselfGetsOursBehindIt() {
        HttpSession session = mock(HttpSession.class);
        when(session.getId()).thenReturn("4F2A.n1"); // Tomcat with jvmRoute="n1"
        when(request.getSession(false)).thenReturn(session);
        lines.add("JSESSIONID=4F2A.n1; Path=/");
        tagger.sync(request, response);
        tagger.sync(request, response);
        assertThat(lines).containsExactly("JSESSIONID=4F2A.n1.n1; Path=/");
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
        assertThat(tagger.tagUrl("/cart;jsessionid=4F2A?a=b", request)).isEqualTo("/cart;jsessionid=4F2A.n1?a=b");
        assertThat(tagger.tagUrl("/cart;jsessionid=4F2A.n1", request)).isEqualTo("/cart;jsessionid=4F2A.n1");
        assertThat(tagger.tagUrl("/cart?jsessionid=4F2A", request)).isEqualTo("/cart?jsessionid=4F2A");
    }

    @Test
    void theApplicationSeesNoRouteOfThisNode() {
        assertThat(tagger.withoutRoute("4F2A.n1")).isEqualTo("4F2A");
        assertThat(tagger.withoutRoute("node0ab1.node0")).isEqualTo("node0ab1.node0");
        assertThat(tagger.withoutRoute("4F2A")).isEqualTo("4F2A");
    }
}
