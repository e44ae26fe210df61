package io.limpet.it.judge;

import static io.limpet.it.judge.SealedCluster.INNER;
import static io.limpet.it.judge.SealedCluster.OUTER;
import static io.limpet.it.judge.SealedCluster.SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Sealed routes: what a client can do with them, alone and among several session cookies. */
@ParameterizedClass
@MethodSource("open")
class SealedIT {

    /** A cluster with sessions on both nodes that live, and one of the node that died. */
    record Sessions(SealedCluster cluster, String live, String other, String onSecond, String dead)
            implements AutoCloseable {

        static Sessions on(Container container) {
            SealedCluster cluster = SealedCluster.start(container);
            try {
                String dead = cluster.newSession(OUTER, "n3");
                Sessions sessions = new Sessions(
                        cluster,
                        cluster.newSession(OUTER, "n1"),
                        cluster.newSession(INNER, "n2"),
                        cluster.newSession(OUTER, "n2"),
                        dead);
                cluster.killThird();
                return sessions;
            } catch (RuntimeException | Error e) {
                cluster.close();
                throw e;
            }
        }

        @Override
        public void close() {
            cluster.close();
        }

        @Override
        public String toString() {
            return cluster.toString();
        }
    }

    private final SealedCluster cluster;
    private final Sessions sessions;

    SealedIT(Sessions sessions) {
        this.sessions = sessions;
        cluster = sessions.cluster();
    }

    static Stream<Sessions> open() {
        return Stream.of(Container.values()).map(Sessions::on);
    }

    @Test
    void aSealedRouteLeadsToItsNodeAndTellsNothing() {
        assertThat(sessions.live())
                .matches(cluster.container().sessionValue() + "\\.[A-Za-z0-9_-]{" + (SEGMENT - 1) + "}");
        for (int i = 0; i < 10; i++) {
            Exchanged answer = peek(OUTER, cookie(sessions.live()));
            assertThat(answer.body()).contains("peek id(" + id(sessions.live()), "Limpet-Route says owner\n");
            assertThat(answer.all("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void aFlippedByteAndATransplantedSegmentAreNoRouteAndAreCounted() {
        List<String> forged = new ArrayList<>();
        int start = sessions.live().length() - SEGMENT + 1;
        for (int at = start; at < sessions.live().length(); at++) {
            forged.add(flipped(sessions.live(), at));
        }
        forged.add(transplanted());
        for (String value : forged) {
            long before = cluster.forged();
            Exchanged answer = peek(OUTER, cookie(value));
            assertThat(answer.statusLine()).contains(" 200");
            assertThat(answer.body()).as(value).contains("Limpet-Route says fresh\n");
            assertThat(cluster.forged()).as(value).isEqualTo(before + 1);
        }
        assertThat(cluster.proxyLog()).contains("a session cookie with a forged route, ");
    }

    @Test
    void theSessionOfADeadNodeIsTakenOver() {
        assertThat(peek(OUTER, cookie(sessions.dead())).body()).contains("Limpet-Route says takeover;from=n3\n");
    }

    @Test
    void theApplicationIsToldWhyThisNodeServes() {
        assertThat(why(cookie(sessions.live())))
                .isEqualTo("Affinity[node=n1, choice=OWNER, takenOverFrom=Optional.empty, adopted=false]");
        assertThat(why(cookie(sessions.dead())))
                .endsWith("choice=TAKEOVER, takenOverFrom=Optional[n3], adopted=false]");
        assertThat(why()).endsWith("choice=FRESH, takenOverFrom=Optional.empty, adopted=false]");
    }

    private String why(String... cookieLines) {
        String body = cluster.ask(OUTER + "/do?affinity", cookieLines).body();
        assertThat(body).startsWith("at " + OUTER + " Affinity[");
        return body.strip().substring(body.indexOf("Affinity["));
    }

    @Test
    void anApplicationThatAnotherOneForwardsToIsTold() {
        assertThat(cluster.ask(OUTER + "/do?cross:/deep,affinity", cookie(sessions.live()))
                        .body())
                .contains((cluster.container() == Container.UNDERTOW ? INNER : OUTER)
                        + " Affinity[node=n1, choice=OWNER");
    }

    /** Whichever of them there are: one that lives, else the first of a node that is known, else the first. */
    @Test
    void ofSeveralSessionCookiesInAnyOrderTheNodeGetsOneAndTheOneThatLeadsFarthest() {
        String forged = transplanted();
        for (List<String> order : arrangements(List.of(sessions.live(), sessions.dead(), forged, sessions.other()))) {
            Optional<String> living = order.stream()
                    .filter(List.of(sessions.live(), sessions.other())::contains)
                    .findFirst();
            String context = living.filter(sessions.other()::equals).isPresent() ? INNER : OUTER;
            String expected = living.map(session -> "peek id(" + id(session))
                    .orElse(order.contains(sessions.dead()) ? "says takeover;from=n3\n" : "says fresh\n");
            String[] lines = order.stream().map(SealedIT::cookie).toArray(String[]::new);
            for (Exchanged answer :
                    List.of(peek(context, cookie(String.join("; JSESSIONID=", order))), peek(context, lines))) {
                assertThat(answer.statusLine()).contains(" 200");
                assertThat(answer.body())
                        .as("%s of %s", order, sessions)
                        .contains(expected, "cookies [JSESSIONID]\n")
                        .contains(living.isPresent() ? "Limpet-Route says owner\n" : expected);
                if (living.isPresent()) {
                    assertThat(answer.all("Set-Cookie")).isEmpty();
                }
            }
        }
    }

    private Exchanged peek(String context, String... cookieLines) {
        return cluster.ask(context + "/do?peek,told:Limpet-Route,cookies", cookieLines);
    }

    private static String cookie(String value) {
        return "Cookie: JSESSIONID=" + value;
    }

    private static String id(String session) {
        return session.substring(0, session.indexOf('.'));
    }

    private static String flipped(String value, int at) {
        return value.substring(0, at) + (value.charAt(at) == 'A' ? 'B' : 'A') + value.substring(at + 1);
    }

    /** The first session's value with the second one's seal. */
    private String transplanted() {
        String own = sessions.live().substring(0, sessions.live().length() - SEGMENT);
        return own + sessions.onSecond().substring(sessions.onSecond().length() - SEGMENT);
    }

    /** Every order of all of them, and of each part of them, but for none. */
    private static List<List<String>> arrangements(List<String> all) {
        List<List<String>> result = new ArrayList<>();
        for (String first : all) {
            List<String> rest = new ArrayList<>(all);
            rest.remove(first);
            result.add(List.of(first));
            for (List<String> order : arrangements(rest)) {
                List<String> whole = new ArrayList<>(List.of(first));
                whole.addAll(order);
                result.add(whole);
            }
        }
        return result;
    }
}
