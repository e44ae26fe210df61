package io.limpet.proxy.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.route.PlainRoutes;
import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;
import io.limpet.route.Secret;
import io.limpet.route.SessionCookies;
import io.limpet.route.SessionPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The number of tries is the system property {@code limpet.fuzz}; the seed of a run is in every failure's message. */
class HostileSessionsTest {

    private static final int TRIES = Integer.getInteger("limpet.fuzz", 1_000_000);
    private static final long SEED = Long.getLong("limpet.fuzz.seed", System.nanoTime());
    private static final String CHARACTERS = ".n123x;=\" \0\u00ff%/,";

    private final Random random = new Random(SEED);
    private final Set<String> issued = new HashSet<>();

    static Stream<RouteCodec> codecs() {
        return Stream.of(
                new PlainRoutes(),
                new SealedRoutes(
                        List.of(new Secret("a secret for the tests alone")),
                        List.of(new Route("n1"), new Route("n2"), new Route("n3"))));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    @Timeout(120)
    void whateverAClientPresentsANodeServesAndAnOwnerOnlyByItsName(RouteCodec routes) {
        NodeChooser chooser = new NodeChooser(routes);
        Nodes nodes = Members.down(Members.ready("n1", "n2", "n3"), "n2");
        for (int i = 0; i < TRIES; i++) {
            Presented presented = new Presented(values(routes), values(routes));
            Choice choice = chooser.choose(presented, nodes, List.of());
            boolean known = choice instanceof Choice.Served served
                    && !served.node().toString().equals("n2")
                    && (choice.reason() != Reason.OWNER || names(served, presented, routes));
            if (!known) {
                assertThat(presented).as("%s; seed %d", choice, SEED).isNull();
            }
        }
    }

    /** From the bytes of a request to those that the node gets. */
    @ParameterizedTest
    @MethodSource("codecs")
    @Timeout(180)
    void ofWhateverStandsInCookiesAndPathTheNodeGetsOneSessionAndTheOneThatIsItsOwn(RouteCodec routes) {
        NodeChooser chooser = new NodeChooser(routes);
        Nodes nodes = Members.down(Members.ready("n1", "n2", "n3"), "n2");
        for (int i = 0; i < TRIES; i++) {
            SessionCookies cookies = SessionCookies.in(List.of(line(routes), line(routes)), "JSESSIONID");
            String path = "/shop;jsessionid=" + String.join(";jsessionid=", values(routes)) + "/x?y";
            Presented presented = new Presented(cookies.values(), SessionPath.values(path, List.of("jsessionid")));
            Choice choice = chooser.choose(presented, nodes, List.of());
            if (!(choice instanceof Choice.Served served)
                    || (choice.reason() == Reason.OWNER && !names(served, presented, routes))
                    || !isAlone(served.session(), cookies)) {
                assertThat(presented).as("%s; seed %d", choice, SEED).isNull();
            }
        }
    }

    private static boolean isAlone(SessionId chosen, SessionCookies cookies) {
        return chosen.carrier() != SessionId.Carrier.COOKIE
                || SessionCookies.in(cookies.keepOnly(chosen.position(), chosen.value()), "JSESSIONID")
                        .values()
                        .equals(List.of(chosen.value()));
    }

    /** Session cookies among others, of which one character may be changed. */
    private String line(RouteCodec routes) {
        StringBuilder line = new StringBuilder("a=b");
        values(routes).forEach(value -> line.append("; JSESSIONID=").append(value));
        if (random.nextBoolean()) {
            line.setCharAt(random.nextInt(line.length()), CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return line.toString();
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

    /** What the owner gets is what was presented without its own name; a sealed one was issued as it stands. */
    private boolean names(Choice.Served owner, Presented presented, RouteCodec routes) {
        String value = owner.session().value();
        String written = presented.values().get(owner.session().position());
        if (routes instanceof SealedRoutes && !issued.contains(written)) {
            return false;
        }
        String tagged = routes.tag(value, new Route(owner.node().toString()));
        return !value.isEmpty() && written.equals(tagged);
    }
}
