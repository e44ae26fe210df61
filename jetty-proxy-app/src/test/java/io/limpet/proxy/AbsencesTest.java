package io.limpet.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.proxy.node.ApplicationReport;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.NodeReport;
import io.limpet.proxy.node.Tagging;
import io.limpet.route.Route;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AbsencesTest {

    private static final long WHILE = Absences.BELIEVED.toNanos();

    private final Node n1 = new Node(new Route("n1"), URI.create("http://127.0.0.1:8081"));
    private final Absences absences = new Absences();

    private static NodeReport telling(String... contexts) {
        return telling(0, contexts);
    }

    private static NodeReport telling(long inFlight, String... contexts) {
        return NodeReport.of(0, 0, false, 0)
                .with(Stream.of(contexts)
                        .map(context -> new ApplicationReport(context, 0, 1, inFlight, false))
                        .toList());
    }

    private List<String> contexts(NodeReport told, long nanoTime) {
        return absences.corrected(n1, told, nanoTime).applications().stream()
                .map(ApplicationReport::context)
                .toList();
    }

    @Test
    void whatTheOthersTellOfItIsNotBelievedForAWhile() {
        absences.missed(n1, "/shop", 0);
        absences.missed(n1, "/shop", WHILE);
        assertThat(contexts(telling("", "/shop"), WHILE)).containsExactly("");
        assertThat(contexts(telling("", "/shop"), WHILE + 1)).containsExactly("", "/shop");
    }

    @Test
    void oneWhoseStatusIsNotToBeReachedIsNotDoubtedAgainAndAgain() {
        absences.missed(n1, "/shop", 0);
        absences.missed(n1, "/shop", 2 * WHILE);
        assertThat(contexts(telling("", "/shop"), 2 * WHILE)).containsExactly("", "/shop");
    }

    @Test
    void norIsItWhenItHasBeenSoForHoursOrItsNodeHasAnotherWeight() {
        long hour = TimeUnit.HOURS.toNanos(1);
        for (long at = 0; at < 3 * hour; at += hour / 4) {
            absences.missed(n1, "/shop", at);
        }
        absences.missed(new Node(n1.route(), n1.uri(), Tagging.LIMPET, 7), "/shop", 3 * hour);
        assertThat(contexts(telling("", "/shop"), 3 * hour)).containsExactly("", "/shop");
    }

    @Test
    void oneThatHasAnsweredOrWasGoneInBetweenIsThere() {
        absences.missed(n1, "/shop", 0);
        absences.met(n1, "/shop", 1);
        assertThat(contexts(telling("", "/shop"), 1)).containsExactly("", "/shop");
        absences.missed(n1, "/shop", 2);
        assertThat(contexts(telling(""), 3)).containsExactly("");
        assertThat(contexts(telling("", "/shop"), 4)).containsExactly("", "/shop");
    }

    @Test
    void aNodeOfWhichNothingWouldBeLeftHasWhatItTells() {
        absences.missed(n1, "/shop", 0);
        assertThat(contexts(telling("/shop"), 1)).containsExactly("/shop");
    }

    @Test
    void asLongAsRequestsAreToldToBeInsideItsContainerIsEndingIt() {
        absences.met(n1, "/shop", -1);
        absences.missed(n1, "/shop", 0);
        long last = 9 * WHILE;
        for (long at = 0; at <= last; at += 3 * WHILE) {
            assertThat(contexts(telling(1, "", "/shop"), at)).containsExactly("");
            assertThat(absences.doubted(n1)).containsExactly("/shop");
        }
        assertThat(contexts(telling("", "/shop"), last + WHILE)).containsExactly("");
        assertThat(contexts(telling("", "/shop"), last + WHILE + 1)).containsExactly("", "/shop");
        assertThat(absences.doubted(n1)).isEmpty();
    }

    @Test
    void noContainerWaitsForRequestsForEver() {
        long longest = Absences.LONGEST.toNanos();
        absences.met(n1, "/shop", -1);
        absences.missed(n1, "/shop", 0);
        assertThat(contexts(telling(1, "", "/shop"), longest)).containsExactly("");
        assertThat(contexts(telling(1, "", "/shop"), longest + WHILE + 1)).containsExactly("", "/shop");
        absences.missed(n1, "/shop", longest + WHILE + 2);
        assertThat(contexts(telling(1, "", "/shop"), longest + WHILE + 3)).containsExactly("", "/shop");
    }

    @Test
    void theRequestsOfOneThatNeverToldItsStatusAreNotWaitedFor() {
        absences.missed(n1, "/shop", 0);
        assertThat(contexts(telling(1, "", "/shop"), WHILE)).containsExactly("");
        assertThat(contexts(telling(1, "", "/shop"), WHILE + 1)).containsExactly("", "/shop");
    }

    @Test
    void ofTwoAnswersTheOneThatWasAskedForLaterCounts() {
        absences.met(n1, "/shop", 5);
        absences.missed(n1, "/shop", 4);
        assertThat(contexts(telling("", "/shop"), 6)).containsExactly("", "/shop");

        absences.missed(n1, "/shop", 7);
        absences.met(n1, "/shop", 6);
        assertThat(contexts(telling("", "/shop"), 8)).containsExactly("");
    }

    @Test
    void aNodeIsNotEmptyWhileRequestsAreInsideWhatItEnds() {
        absences.missed(n1, "/shop", 0);
        assertThat(absences.corrected(n1, telling(2, "", "/shop"), 1).inFlight())
                .isEqualTo(2);
        assertThat(absences.corrected(n1, telling(2, "", "/shop"), WHILE + 1).inFlight())
                .isZero();
    }
}
