package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Condition;
import io.limpet.proxy.node.ForgedRoutes;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.OwnedSession;
import io.limpet.proxy.node.Reason;
import io.limpet.proxy.node.SessionId;
import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;
import io.limpet.route.Secret;
import io.limpet.route.SessionCookies;
import io.limpet.route.SessionPath;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * From the bytes of a request to those that the node gets. The number of tries is the system property
 * {@code limpet.fuzz}; the seed of a run is in every failure's message.
 */
class HostileSessionsTest {

    private static final int TRIES = Integer.getInteger("limpet.fuzz", 1_000_000);
    private static final long SEED = Long.getLong("limpet.fuzz.seed", System.nanoTime());
    private static final String CHARACTERS = ".n123x;=\" \0\u00ff%/,?#";
    private static final String COOKIE = "JSESSIONID";
    private static final SessionNames NAMES = new SessionNames(COOKIE, SessionPath.parameters(COOKIE));

    private final Random random = new Random(SEED);
    private final Set<String> issued = new HashSet<>();
    private final Nodes nodes = Nodes.startingWith(List.of(node("n1"), node("n2"), node("n3")))
            .with(new Route("n2"), Condition.down("connection refused"));

    private static Node node(String name) {
        return new Node(new Route(name), URI.create("http://127.0.0.1:808" + name.charAt(1)));
    }

    static Stream<RouteCodec> codecs() {
        return Stream.of(
                new PlainRoutes(),
                new SealedRoutes(
                        List.of(new Secret("a secret for the tests alone")),
                        List.of(new Route("n1"), new Route("n2"), new Route("n3"))));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    @Timeout(180)
    void whateverStandsInCookiesAndPathANodeThatIsUpGetsOneSessionAndTheOneThatIsItsOwn(RouteCodec routes) {
        NodeChooser chooser =
                new NodeChooser(routes, members -> members.get(random.nextInt(members.size())), new ForgedRoutes());
        for (int i = 0; i < TRIES; i++) {
            List<String> lines = List.of(line(routes), line(routes));
            String path = path(routes);
            ClientSession session = ClientSession.of(request(lines, path), NAMES, Wishes.NONE);
            Choice choice = session.choose(chooser, nodes, List.of());
            String broken = choice instanceof Choice.Served served
                    ? brokenRule(served, session, path, routes)
                    : "no node serves";
            if (!broken.isEmpty()) { // without AssertJ in the loop, which would take most of the time
                assertThat(broken)
                        .as("%s and %s: %s; seed %d", lines, path, choice, SEED)
                        .isEmpty();
            }
        }
    }

    /** Which rule does not hold; empty when all do. */
    private String brokenRule(Choice.Served served, ClientSession session, String path, RouteCodec routes) {
        if (served.node().toString().equals("n2")) {
            return "the node is down";
        }
        if (served.reason() == Reason.OWNER && !names(served, session, routes)) {
            return "the owner is not named";
        }
        boolean byCookie = served.session().carrier() == SessionId.Carrier.COOKIE;
        List<String> cookies = SessionCookies.in(session.cookieLinesWith(served.session()), COOKIE)
                .values();
        if (!cookies.equals(byCookie ? List.of(served.session().value()) : List.of())) {
            return "the node's cookies are " + cookies;
        }
        String nodePath = ClientSession.pathQuery(path, served.session(), NAMES.pathParameters(), routes, nodes);
        boolean alone = served.session().carrier() == SessionId.Carrier.PATH
                && parameters(path).stream()
                        .anyMatch(it -> OwnedSession.in(it, routes, nodes).isPresent());
        List<String> expected = alone
                ? List.of(served.session().value())
                : parameters(path).stream().map(it -> withoutRoute(it, routes)).toList();
        if (!parameters(nodePath).equals(expected)) {
            return "the node's path is " + nodePath;
        }
        return "";
    }

    /** One segment, the last, when it names a node. */
    private String withoutRoute(String value, RouteCodec routes) {
        return OwnedSession.in(value, routes, nodes).map(OwnedSession::value).orElse(value);
    }

    /** What the owner gets is what was presented without its own name; a sealed one was issued as it stands. */
    private boolean names(Choice.Served owner, ClientSession session, RouteCodec routes) {
        String value = owner.session().value();
        boolean byCookie = owner.session().carrier() == SessionId.Carrier.COOKIE;
        List<String> written =
                byCookie ? session.presented().cookies() : session.presented().pathParameters();
        String chosen = written.get(owner.session().position());
        return !value.isEmpty()
                && chosen.equals(routes.tag(value, new Route(owner.node().toString())))
                && (routes instanceof PlainRoutes || issued.contains(chosen));
    }

    /** The session ids in a path, as a reader that knows nothing of the proxy's finds them; not the empty ones. */
    private static List<String> parameters(String pathQuery) {
        String path = pathQuery.split("[?#]", 2)[0];
        List<String> values = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            String[] parameters = segment.split(";", -1);
            for (int i = 1; i < parameters.length; i++) {
                String[] pair = parameters[i].split("=", 2);
                if (NAMES.pathParameters().contains(pair[0]) && pair.length == 2 && !pair[1].isEmpty()) {
                    values.add(pair[1]);
                }
            }
        }
        return values;
    }

    /** Of a request no more is asked than these. */
    private static Request request(List<String> cookieLines, String pathQuery) {
        HttpFields.Mutable headers = HttpFields.build();
        cookieLines.forEach(line -> headers.add(HttpHeader.COOKIE, line));
        HttpURI uri = fake(HttpURI.class, Map.of("getPathQuery", pathQuery));
        return fake(Request.class, Map.of("getHeaders", headers, "getHttpURI", uri));
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = answers.get(method.getName());
                    if (answer == null) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answer;
                }));
    }

    /** Session cookies among others, of which one character may be changed. */
    private String line(RouteCodec routes) {
        StringBuilder line = new StringBuilder("a=b");
        values(routes).forEach(value -> line.append("; JSESSIONID=").append(value));
        return changed(line);
    }

    /** Session parameters by each of their names, among others. */
    private String path(RouteCodec routes) {
        StringBuilder path = new StringBuilder("/shop;v=1");
        for (String value : values(routes)) {
            path.append(random.nextInt(4) == 0 ? "/x" : "")
                    .append(random.nextInt(4) == 0 ? ";JSESSIONID=" : ";jsessionid=")
                    .append(value);
        }
        return changed(path.append("/x?y;jsessionid=z.n1"));
    }

    private String changed(StringBuilder text) {
        if (random.nextBoolean()) {
            text.setCharAt(random.nextInt(text.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    private List<String> values(RouteCodec routes) {
        List<String> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            StringBuilder value = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                value.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            values.add(
                    switch (random.nextInt(8)) {
                        case 0 -> value.toString();
                        case 1 -> genuine(value.toString(), routes);
                        case 2 -> flipped(genuine(value.toString(), routes));
                        case 3 -> value + genuine("4F2A", routes).substring(4); // transplanted
                        default -> value + ".n" + random.nextInt(5);
                    });
        }
        return values;
    }

    private String genuine(String value, RouteCodec routes) {
        String tagged = routes.tag(value, new Route("n" + (1 + random.nextInt(3))));
        issued.add(tagged);
        return tagged;
    }

    private String flipped(String tagged) {
        int at = random.nextInt(tagged.length());
        char other = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        return tagged.substring(0, at) + other + tagged.substring(at + 1);
    }
}
