package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;

class TaggingTest {

    private static final Route N1 = new Route("n1");

    private final SessionTagger tagged = new SessionTagger(new PlainRoutes(), N1, "JSESSIONID");
    private final SessionTagger untagged = new SessionTagger(new Untagged(), N1, "JSESSIONID");
    private final HttpServletRequest direct = mock(HttpServletRequest.class);
    private final HttpServletRequest proxied = mock(HttpServletRequest.class);

    TaggingTest() {
        when(proxied.getHeader("Limpet-Route")).thenReturn("fresh");
    }

    @Test
    void everyResponseIsTaggedByDefault() {
        Tagging tagging = new Tagging(Settings.Tagging.ALWAYS, tagged, untagged);
        assertThat(tagging.of(proxied)).isSameAs(tagged);
        assertThat(tagging.of(direct)).isSameAs(tagged);
    }

    @Test
    void aNodeThatIsAskedDirectlyMayLeaveTheRouteOut() {
        Tagging tagging = new Tagging(Settings.Tagging.PROXIED, tagged, untagged);
        assertThat(tagging.of(proxied)).isSameAs(tagged);
        assertThat(tagging.of(direct)).isSameAs(untagged);
        assertThat(tagging.of(direct).tag("4F2A", direct, mock(HttpServletResponse.class)))
                .isEqualTo("4F2A");
    }
}
