package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class SessionCookiesPropertyTest {

    private static final String NAME = "JSESSIONID";

    @Provide
    Arbitrary<String> pair() {
        Arbitrary<String> session = Arbitraries.strings()
                .withCharRange('0', 'z')
                .excludeChars(';')
                .ofMinLength(1)
                .ofMaxLength(40)
                .map(value -> NAME + "=" + value);
        Arbitrary<String> other = Arbitraries.of(
                "a=1", "JSESSIONIDX=2", "XJSESSIONID=3", "jsessionid=4", "b=\"JSESSIONID\"", "empty=", "lone", "c=x=y");
        return Arbitraries.oneOf(session, other);
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return pair().list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(pairs -> String.join("; ", pairs))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    private static List<String> pairs(List<String> lines) {
        return lines.stream().flatMap(line -> Arrays.stream(line.split("; "))).toList();
    }

    @Property
    void oneSessionCookieIsLeftAndAllOthersKeepTheirBytesAndOrder(@ForAll("lines") List<String> lines) {
        SessionCookies cookies = SessionCookies.in(lines, NAME);
        for (int kept = 0; kept < cookies.values().size(); kept++) {
            List<String> expected = new ArrayList<>();
            int position = 0;
            for (String pair : pairs(lines)) {
                if (!pair.startsWith(NAME + "=")) {
                    expected.add(pair);
                } else if (isWritable(pair.substring(NAME.length() + 1)) && position++ == kept) {
                    expected.add(NAME + "=new");
                }
            }
            assertThat(pairs(cookies.keepOnly(kept, "new"))).isEqualTo(expected);
        }
    }

    /** What a server may write, RFC 6265 §4.1.1; a session cookie of another kind is taken out. */
    private static boolean isWritable(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        String inner = quoted ? value.substring(1, value.length() - 1) : value;
        return inner.matches("[!#-+\\--:<-\\[\\]-~]*");
    }

    @Property
    void oneSegmentIsStrippedOfATaggedCookie(@ForAll("lines") List<String> lines) {
        RouteCodec routes = new PlainRoutes();
        for (String value : SessionCookies.in(lines, NAME).values()) {
            String tagged = routes.tag(value, new Route("n1"));
            assertThat(routes.decode(tagged)).hasValue(new Tagged(value, new Route("n1")));
        }
    }

    @Property
    void whateverALineHoldsNothingIsThrownAndOneSessionCookieIsLeft(@ForAll @Size(max = 4) List<String> lines) {
        List<String> withOne = new ArrayList<>(lines);
        withOne.add("x=y; " + NAME + "=value");
        SessionCookies cookies = SessionCookies.in(withOne, NAME);

        List<String> left = cookies.keepOnly(cookies.values().size() - 1, "new");

        assertThat(SessionCookies.in(left, NAME).values()).containsExactly("new");
    }
}
