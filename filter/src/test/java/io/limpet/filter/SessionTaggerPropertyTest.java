package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SessionTaggerPropertyTest {

    private final SessionTagger tagger = new SessionTagger(new PlainRoutes(), new Route("n1"), "JSESSIONID");
    private final List<String> lines = new ArrayList<>();
    private final HttpServletRequest request = ContainerMocks.request();
    private final HttpServletResponse response = ContainerMocks.response(lines, new ArrayList<>());

    @Provide
    Arbitrary<List<String>> others() {
        Arbitrary<String> wellFormed = Arbitraries.of(
                "a=1; Path=/",
                "b=\"quoted; text\"; HttpOnly",
                "JSESSIONIDX=no",
                "jsessionid=small",
                "c=",
                "d",
                "=e",
                "f=1; Comment=\"JSESSIONID=x\"",
                "g=\u00e9",
                "h=1 ; SameSite = Lax");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(60).filter(line -> !line.contains("JSESSIONID"));
        return Arbitraries.oneOf(wellFormed, any).list().ofMaxSize(6);
    }

    @Property
    void theSessionCookieIsTaggedInItsPlaceAndAllOtherLinesKeepBytesAndOrder(
            @ForAll("others") List<String> before, @ForAll("others") List<String> behind) {
        lines.clear();
        lines.addAll(before);
        lines.add("JSESSIONID=4F2A; Path=/; HttpOnly");
        lines.addAll(behind);
        List<String> expected = new ArrayList<>(before);
        expected.add("JSESSIONID=4F2A.n1; Path=/; HttpOnly");
        expected.addAll(behind);

        tagger.sync(request, response);
        tagger.sync(request, response);

        assertThat(lines).isEqualTo(expected);
    }
}
