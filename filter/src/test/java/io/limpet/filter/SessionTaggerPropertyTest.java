package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
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

    @Provide
    Arbitrary<String> attributes() {
        Arbitrary<String> known = Arbitraries.of(
                "Path=/",
                "path=/a/b",
                "HttpOnly",
                "secure",
                "SameSite=None",
                "Partitioned",
                "Max-Age=3600",
                "Expires=Thu, 01 Jan 2037 00:00:00 GMT",
                "Domain=example.test",
                "Comment=\"JSESSIONID=x\"",
                "JSESSIONID=4F2A");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(20);
        return Arbitraries.oneOf(known, any)
                .list()
                .ofMaxSize(6)
                .map(all -> all.stream().map(it -> "; " + it).collect(Collectors.joining()));
    }

    @Property(tries = 1000)
    void theSessionCookieIsTaggedOnceInItsPlaceAndEverythingElseKeepsBytesAndOrder(
            @ForAll("others") List<String> before,
            @ForAll("attributes") String attributes,
            @ForAll("others") List<String> behind) {
        lines.clear();
        lines.addAll(before);
        lines.add("JSESSIONID=4F2A" + attributes);
        lines.addAll(behind);
        List<String> expected = new ArrayList<>(before);
        expected.add("JSESSIONID=4F2A.n1" + attributes);
        expected.addAll(behind);

        tagger.sync(request, response);
        tagger.sync(request, response);

        assertThat(lines).isEqualTo(expected);
    }
}
