package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Presented;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import io.limpet.route.SessionCookies;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Response;

/** Each property is tried with a thousand answers of a node, which are some ten thousand {@code Set-Cookie} lines. */
class ResponseHeadPropertyTest {

    private static final String NAME = "JSESSIONID";
    private static final URI ORIGIN = URI.create("http://127.0.0.1:8081");
    private static final Node N1 = new Node(new Route("n1"), ORIGIN);
    private static final Node CONTAINER = new Node(new Route("n1"), ORIGIN, Tagging.CONTAINER);

    /** The session's line, taken apart at the end of its value. */
    record SessionLine(String before, String value, String behind) {

        String with(String route) {
            return before + value + route + behind;
        }
    }

    /** What a node answers: its fields, as {@code name: value}, around its session's {@code Set-Cookie}. */
    record Answer(List<String> before, SessionLine session, List<String> behind) {

        List<String> with(String route) {
            List<String> all = new ArrayList<>(before);
            all.add("Set-Cookie: " + session.with(route));
            all.addAll(behind);
            return all;
        }

        List<String> withoutSession() {
            return Stream.concat(before.stream(), behind.stream()).toList();
        }
    }

    @Property
    void everyLineComesInItsPlaceByteForByteAndTheSessionsIsTaggedOnce(@ForAll("answers") Answer answer) {
        assertThat(written(answer.with(""), List.of(), N1, nobody())).isEqualTo(answer.with(".n1"));
    }

    @Property
    void whatTheFilterHasTaggedIsNotTaggedAgain(@ForAll("answers") Answer answer) {
        List<String> said = List.of("Limpet-Tagged: " + answer.session().value() + ".n1");
        assertThat(written(answer.with(".n1"), said, N1, nobody())).isEqualTo(answer.with(".n1"));
    }

    @Property
    void whatTheContainerTagsItselfStaysAsItIs(@ForAll("answers") Answer answer) {
        assertThat(written(answer.with(".n1"), List.of(), CONTAINER, nobody())).isEqualTo(answer.with(".n1"));
    }

    @Property
    void ofASessionThatWasNotShownToTheNodeItsLineAloneIsLeftOut(@ForAll("answers") Answer answer) {
        ClientSession hidden = new ClientSession(
                List.of(), SessionCookies.in(List.of(NAME + "=4F2A.n2"), NAME), Presented.NOTHING, new Wish.None());
        assertThat(written(answer.with(""), List.of(), N1, hidden)).isEqualTo(answer.withoutSession());
    }

    private static ClientSession nobody() {
        return new ClientSession(List.of(), SessionCookies.in(List.of(), NAME), Presented.NOTHING, new Wish.Affinity());
    }

    /** What the client gets of these fields. */
    private static List<String> written(List<String> fields, List<String> said, Node node, ClientSession session) {
        HttpFields.Mutable written = HttpFields.build();
        HttpFields.Mutable fromNode = HttpFields.build();
        Stream.concat(fields.stream(), said.stream()).forEach(field -> {
            int colon = field.indexOf(": ");
            fromNode.add(new HttpField(field.substring(0, colon), field.substring(colon + 2)));
        });
        new ResponseHead(new SessionNames(NAME, List.of("jsessionid")), new PlainRoutes())
                .write(200, fromNode, node, ResponseHeadPropertyTest::noRedirect, session, responseWith(written));
        return written.stream()
                .map(field -> field.getName() + ": " + field.getValue())
                .toList();
    }

    private static ClientOrigin noRedirect() {
        throw new AssertionError("nobody is sent elsewhere");
    }

    /** Of a response no more is used than this. */
    private static Response responseWith(HttpFields.Mutable headers) {
        return (Response) Proxy.newProxyInstance(
                Response.class.getClassLoader(),
                new Class<?>[] {Response.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaders" -> headers;
                    case "setStatus" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Provide
    Arbitrary<Answer> answers() {
        Arbitrary<List<String>> fields = field().list().ofMaxSize(8);
        return Combinators.combine(fields, sessionLine(), fields).as(Answer::new);
    }

    private static Arbitrary<SessionLine> sessionLine() {
        Arbitrary<String> space = Arbitraries.of("", "", "", " ", "\t");
        Arbitrary<String> quote = Arbitraries.of("", "", "\"");
        Arbitrary<String> value = Arbitraries.strings()
                .withCharRange('!', '~')
                .excludeChars('"', ';', ',', '\\')
                .ofMinLength(1)
                .ofMaxLength(60);
        return Combinators.combine(space, space, quote, value, attributes())
                .as((s1, s2, q, v, a) -> new SessionLine(NAME + s1 + "=" + s2 + q, v, q + a));
    }

    /** Most are cookies. */
    private static Arbitrary<String> field() {
        Arbitrary<String> name = Arbitraries.oneOf(
                Arbitraries.of(
                        "JSESSIONIDX", "XJSESSIONID", "jsessionid", "x-JSESSIONID", "", "__Host-SID", "JSESSIONID2"),
                Arbitraries.strings()
                        .withCharRange('A', 'z')
                        .excludeChars('[', '\\', ']')
                        .ofMinLength(1)
                        .ofMaxLength(9)
                        .filter(it -> !it.equals(NAME)));
        Arbitrary<String> value = Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('\t', '\u00e9')
                .excludeChars(';')
                .ofMaxLength(40);
        Arbitrary<String> cookie =
                Combinators.combine(name, value, attributes()).as((n, v, a) -> n + "=" + v + a);
        Arbitrary<String> odd = Arbitraries.of(
                "JSESSIONID",
                "JSESSIONID=; Max-Age=0",
                "a; JSESSIONID=4F2A",
                "=JSESSIONID=4F2A",
                "a=b; x=\"JSESSIONID=c\"");
        Arbitrary<String> line = Combinators.combine(
                        Arbitraries.of("Set-Cookie: ", "set-cookie: ", "SET-COOKIE: "),
                        Arbitraries.frequencyOf(Tuple.of(5, cookie), Tuple.of(1, odd)))
                .as(String::concat);
        Arbitrary<String> other =
                Arbitraries.of("X-A: JSESSIONID=4F2A", "Vary: Cookie", "Cache-Control: private", "ETag: \"4F2A\"");
        return Arbitraries.frequencyOf(Tuple.of(6, line), Tuple.of(1, other));
    }

    private static Arbitrary<String> attributes() {
        return Arbitraries.of(
                        "; Path=/",
                        ";path=/a/b",
                        "; HttpOnly",
                        " ; Secure",
                        "; SameSite=Lax",
                        "; Partitioned",
                        "; Max-Age=3600",
                        "; Expires=Thu, 01 Jan 2037 00:00:00 GMT",
                        "; Domain=example.test",
                        "; Comment=\"JSESSIONID=x\"",
                        "; JSESSIONID=y",
                        ";",
                        ";;=")
                .list()
                .ofMaxSize(5)
                .map(all -> String.join("", all));
    }
}
