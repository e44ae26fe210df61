package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SetCookieLinePropertyTest {

    private static final String NAME = "JSESSIONID";
    private static final RouteCodec ROUTES = new PlainRoutes();
    private static final Route N1 = new Route("n1");

    private static String tag(String line) {
        return SetCookieLine.rewrite(line, NAME, value -> ROUTES.tag(value, N1));
    }

    /** A line as it is built: what stands before the value, the value, and what stands behind. */
    record Line(String before, String value, String behind) {}

    @Provide
    Arbitrary<Line> sessionLines() {
        Arbitrary<String> space = Arbitraries.of("", "", "", " ", "\t", "  ");
        Arbitrary<String> quote = Arbitraries.of("", "", "\"");
        Arbitrary<String> value = Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', ';', ',', '\\')
                .ofMinLength(1)
                .ofMaxLength(60);
        Arbitrary<String> attributes = Arbitraries.of(
                        "Path=/",
                        "path=/a/b",
                        "HttpOnly",
                        "Secure",
                        "SameSite=Lax",
                        "SameSite=None",
                        "Partitioned",
                        "Max-Age=3600",
                        "Expires=Thu, 01 Jan 2037 00:00:00 GMT",
                        "Domain=example.test",
                        "Comment=\"JSESSIONID=x\"",
                        "JSESSIONID=y",
                        "",
                        "=",
                        "x=\"a;b\"",
                        "\u00e9")
                .list()
                .ofMaxSize(8)
                .map(all -> all.stream().map(it -> ";" + it).reduce("", String::concat));
        return Combinators.combine(space, space, space, quote, value, attributes)
                .as((s1, s2, s3, q, v, a) -> new Line(s1 + NAME + s2 + "=" + s3 + q, v, q + s1 + a));
    }

    @Property
    void onlyTheValueOfASessionCookieChanges(@ForAll("sessionLines") Line line) {
        assertThat(tag(line.before() + line.value() + line.behind()))
                .isEqualTo(line.before() + line.value() + ".n1" + line.behind());
    }

    @Property
    void aLineWhoseValueStaysAsItIsStaysAsItIs(@ForAll("sessionLines") Line line) {
        String tagged = tag(line.before() + line.value() + line.behind());
        assertThat(SetCookieLine.rewrite(tagged, NAME, value -> value)).isEqualTo(tagged);
    }

    @Property
    void theValueIsReadBackAsItWasWritten(@ForAll("sessionLines") Line line) {
        String tagged = tag(line.before() + line.value() + line.behind());
        assertThat(SetCookieLine.value(tagged, NAME).flatMap(ROUTES::decode)).hasValue(new Tagged(line.value(), N1));
    }

    @Property
    void whateverALineHoldsAtMostOneSegmentIsAdded(@ForAll("anything") String line) {
        String tagged = tag(line);
        if (!tagged.equals(line)) {
            int at = firstDifference(line, tagged);
            assertThat(tagged).hasSize(line.length() + 3);
            // where the line goes on like the segment, the difference shows later
            assertThat(tagged)
                    .isEqualTo(
                            tagged.substring(0, insertion(tagged, at)) + ".n1" + line.substring(insertion(tagged, at)));
        }
    }

    private static int firstDifference(String line, String tagged) {
        int at = 0;
        while (at < line.length() && line.charAt(at) == tagged.charAt(at)) {
            at++;
        }
        return at;
    }

    private static int insertion(String tagged, int difference) {
        return tagged.lastIndexOf(".n1", difference);
    }

    @Provide
    Arbitrary<String> anything() {
        Arbitrary<String> pieces = Arbitraries.of(
                        NAME,
                        "=",
                        ";",
                        "\"",
                        " ",
                        ".",
                        "n1",
                        ".n1",
                        "x",
                        "\t",
                        "\u0000",
                        "\ud800",
                        "Path=/",
                        "jsessionid")
                .list()
                .ofMaxSize(14)
                .map(all -> String.join("", all));
        return Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(80));
    }
}
