package io.limpet.it.judge;

import static io.limpet.it.judge.SealedCluster.INNER;
import static io.limpet.it.judge.SealedCluster.OUTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Container;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several session cookies in one request: of a session that lives, of a dead node's, a forged one, and another
 * application's; whichever of them there are, in one order.
 */
record DuplicateCookies(SealedSessions sessions, List<String> values) {

    /** Every order of all of them, and of each part of them, but for none. */
    static List<DuplicateCookies> orders(SealedSessions sessions) {
        return arrangements(List.of(sessions.live(), sessions.dead(), sessions.transplanted(), sessions.other()))
                .stream()
                .map(values -> new DuplicateCookies(sessions, values))
                .toList();
    }

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

    /** The one that leads farthest: the first that lives. */
    private Optional<String> living() {
        return values.stream()
                .filter(List.of(sessions.live(), sessions.other())::contains)
                .findFirst();
    }

    /** Whether the session of the dead node is the one that leads farthest. */
    boolean leadToTheDead() {
        return living().isEmpty() && values.contains(sessions.dead());
    }

    /**
     * What is answered to all of them on one line, and to each on a line of its own. The node is asked by exactly one, and
     * refuses none; a session that lives is the one, and gets no other cookie.
     */
    List<Exchanged> answers() {
        Optional<String> living = living();
        String path = (living.filter(sessions.other()::equals).isPresent() ? INNER : OUTER)
                + "/do?peek,told:Limpet-Route,cookies";
        String[] lines =
                values.stream().map(value -> "Cookie: JSESSIONID=" + value).toArray(String[]::new);
        List<Exchanged> answers = List.of(
                sessions.cluster().ask(path, "Cookie: JSESSIONID=" + String.join("; JSESSIONID=", values)),
                sessions.cluster().ask(path, lines));
        for (Exchanged answer : answers) {
            assertThat(answer.statusLine()).as("%s", this).contains(" 200");
            assertThat(answer.body()).as("%s", this).contains("cookies [JSESSIONID]\n", told());
            living.ifPresent(session -> {
                assertThat(answer.body())
                        .as("%s", this)
                        .contains("peek id(" + session.substring(0, session.indexOf('.')));
                assertThat(answer.all("Set-Cookie")).as("%s", this).allMatch(line -> isToldAgain(session, line));
            });
        }
        return answers;
    }

    /**
     * Whether a container tells a client the cookie that it has. Jetty does, with the next answer, when a session was asked
     * for with anything behind its id but its worker's name, as the forged cookie does if it comes to the session's node.
     */
    private boolean isToldAgain(String session, String line) {
        return sessions.cluster().container() == Container.JETTY && line.startsWith("JSESSIONID=" + session + ";");
    }

    private String told() {
        String why = leadToTheDead() ? "takeover;from=n3" : "fresh";
        return "Limpet-Route says " + (living().isPresent() ? "owner" : why) + "\n";
    }
}
