package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SessionPathPropertyTest {

    private static final String NAME = "jsessionid";
    private static final List<String> NAMES = List.of(NAME);

    /** A URL as it is built, with the session's id between its two parts. */
    record Url(String before, String id, String behind) {}

    @Provide
    Arbitrary<Url> urls() {
        Arbitrary<String> before = Arbitraries.of(
                "",
                "/",
                "/a/b",
                "cart",
                "/a%2Fb",
                "http://example.test/x",
                "/x;v=1",
                "/x;jsessionidx=no",
                "/d;jsessionid=first/e",
                "//",
                "/;");
        Arbitrary<String> id = Arbitraries.strings()
                .withCharRange('-', 'z')
                .excludeChars('/', ';', '?', '#')
                .ofMinLength(1)
                .ofMaxLength(50);
        Arbitrary<String> behind = Arbitraries.of(
                "", "/", "/c", "?a=b", "?x=;jsessionid=no", "#top", ";w=2", ";jsessionid=", "?a#b;jsessionid=no");
        return Combinators.combine(before, id, behind)
                .as((start, value, end) -> new Url(start + ";" + NAME + "=", value, end));
    }

    @Property
    void onlyTheIdChanges(@ForAll("urls") Url url) {
        String text = url.before() + url.id() + url.behind();
        assertThat(SessionPath.values(text, NAMES)).first().isEqualTo(url.id());
        assertThat(SessionPath.rewrite(text, NAMES, id -> id + ".n1"))
                .isEqualTo(url.before() + url.id() + ".n1" + url.behind());
    }

    @Property
    void whatIsTaggedIsStrippedOfExactlyThat(@ForAll("urls") Url url) {
        RouteCodec routes = new PlainRoutes();
        String text = url.before() + url.id() + url.behind();
        String tagged = SessionPath.rewrite(text, NAMES, id -> routes.tag(id, new Route("n1")));

        assertThat(SessionPath.rewrite(
                        tagged,
                        NAMES,
                        id -> routes.decode(id).map(Tagged::value).orElse(id)))
                .isEqualTo(text);
    }

    @Property
    void whateverAUrlHoldsNothingIsThrownAndAnUntouchedIdKeepsAllBytes(@ForAll String url) {
        assertThat(SessionPath.rewrite(url, NAMES, id -> id)).isEqualTo(url);
    }
}
