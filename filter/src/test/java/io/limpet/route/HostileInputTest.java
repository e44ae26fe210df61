package io.limpet.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The number of tries is the system property {@code limpet.fuzz}; the seed of a run is in every failure's message. */
class HostileInputTest {

    private static final int TRIES = Integer.getInteger("limpet.fuzz", 1_000_000);
    private static final long SEED = Long.getLong("limpet.fuzz.seed", System.nanoTime());
    private static final List<Route> NODES = List.of(new Route("n1"), new Route("n2"), new Route("n3"));
    private static final List<String> NAMES = SessionPath.parameters("JSESSIONID");
    private static final String ID = "4F2A0B7C93D14E56A8B1C2D3E4F50617";

    private final Random random = new Random(SEED);
    private final Mutations mutations = new Mutations(random);

    @Test
    @Timeout(120)
    void noPlainValueThrowsAndARouteIsWhatStandsBehindTheLastDot() {
        RouteCodec routes = new PlainRoutes();
        for (int i = 0; i < TRIES; i++) {
            String value = mutations.of(routes.tag(ID, node(i)));
            routes.decode(value)
                    .ifPresent(tagged -> expect(value.equals(tagged.value() + '.' + tagged.route()), value));
        }
    }

    @Test
    @Timeout(120)
    void noSealedValueThrowsAndOnlyAnUntouchedOneHasARoute() {
        Secret before = new Secret("a secret of enough length");
        Secret now = new Secret("the one that follows it");
        RouteCodec routes = new SealedRoutes(List.of(now, before), NODES);
        RouteCodec ofBefore = new SealedRoutes(List.of(before), NODES);
        for (int i = 0; i < TRIES; i++) {
            String sealed = (i % 2 == 0 ? routes : ofBefore).tag(ID, node(i));
            String value = mutations.of(sealed);
            Optional<Tagged> tagged = routes.decode(value);
            expect(value.equals(sealed) ? tagged.isPresent() : tagged.isEmpty(), value);
        }
    }

    @Test
    @Timeout(120)
    void noCookieLineThrowsAndOneSessionCookieIsLeft() {
        for (int i = 0; i < TRIES / 2; i++) {
            String line = mutations.of("a=1; JSESSIONID=" + ID + ".n1; JSESSIONID=x.n2; b=\"2\"");
            SessionCookies cookies = SessionCookies.in(List.of(line), "JSESSIONID");
            for (int kept = 0; kept < cookies.values().size(); kept++) {
                List<String> left = cookies.keepOnly(kept, "new");
                expect(SessionCookies.in(left, "JSESSIONID").values().equals(List.of("new")), line);
            }
        }
    }

    @Test
    @Timeout(120)
    void noPathThrowsAndOnlyItsSessionIsTakenOut() {
        for (int i = 0; i < TRIES / 2; i++) {
            String path = mutations.of("/a/b;v=1;jsessionid=" + ID + ".n1/c?x=;jsessionid=no#top");
            List<String> ids = SessionPath.values(path, NAMES);
            String rewritten = SessionPath.rewrite(path, NAMES, value -> "new");
            expect(
                    ids.isEmpty()
                            ? path.equals(rewritten)
                            : path.length() - ids.get(0).length() + 3 == rewritten.length(),
                    path);
            for (int kept = 0; kept < ids.size(); kept++) {
                String alone = SessionPath.keepOnly(path, NAMES, kept, "new");
                expect(SessionPath.values(alone, NAMES).equals(List.of("new")), path);
            }
        }
    }

    private static Route node(int i) {
        return NODES.get(i % NODES.size());
    }

    /** Without AssertJ in the loop, which would take most of the time. */
    private static void expect(boolean holds, String input) {
        if (!holds) {
            assertThat(input).as("breaks the rule; seed %d", SEED).isNull();
        }
    }
}
