package io.limpet.it.judge;

import static io.limpet.it.judge.SealedCluster.INNER;
import static io.limpet.it.judge.SealedCluster.OUTER;
import static io.limpet.it.judge.SealedCluster.SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Sealed routes: what a client can do with them, alone and among several session cookies. */
@ParameterizedClass
@MethodSource("open")
class SealedIT {

    private final SealedCluster cluster;
    private final SealedSessions sessions;

    SealedIT(SealedSessions sessions) {
        this.sessions = sessions;
        cluster = sessions.cluster();
    }

    static Stream<SealedSessions> open() {
        return Stream.of(Container.values()).map(container -> SealedSessions.on(container, Limpet.FILTER));
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
        forged.add(sessions.transplanted());
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

    @Test
    void ofSeveralSessionCookiesInAnyOrderTheNodeGetsOneAndTheOneThatLeadsFarthest() {
        assertThat(DuplicateCookies.orders(sessions)).hasSize(64).allSatisfy(DuplicateCookies::answers);
    }

    private Exchanged peek(String context, String... cookieLines) {
        return cluster.ask(context + "/do?peek,told:Limpet-Route", cookieLines);
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
}
