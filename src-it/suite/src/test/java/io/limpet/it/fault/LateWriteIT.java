package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.Exchanged;
import io.limpet.it.judge.ProbeNode;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A request is still at work when its user logs out; what it writes then must not bring the session back. */
@ParameterizedClass
@MethodSource("open")
class LateWriteIT {

    private static final int TIMES = Effort.times(25, 1_000);

    private final TwoProbes probes;

    private final ExecutorService tabs = Executors.newCachedThreadPool();

    LateWriteIT(TwoProbes probes) {
        this.probes = probes;
    }

    static Stream<TwoProbes> open() {
        return Stream.of(Container.values())
                .filter(it -> Effort.isFull() || it == Container.TOMCAT_10 || it == Container.JETTY)
                .map(TwoProbes::start);
    }

    @AfterEach
    void closeTabs() throws InterruptedException {
        tabs.shutdown();
        assertThat(tabs.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void afterALogoutOnTheSameNodeTheSessionStaysDead() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            writeAfterLogout(probes.first(), "invalidate", "same" + i);
        }
    }

    @Test
    void afterALogoutOnAnotherNodeTheSessionStaysDead() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            writeAfterLogout(probes.second(), "invalidate", "other" + i);
        }
    }

    // a library that knows the container and not the filter
    @Test
    void afterALogoutPastTheFilterTheSessionStaysDead() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            writeAfterLogout(probes.first(), "invalidate-past", "past" + i);
        }
    }

    private void writeAfterLogout(ProbeNode leftFrom, String step, String gate) throws Exception {
        ProbeNode writer = probes.first();
        String session = TwoProbes.session(TwoProbes.ask(writer, "", "create,set:user=Ishmael"), "");
        Future<Exchanged> late = tabs.submit(
                () -> TwoProbes.ask(writer, session, "keep,await-open:" + gate + ",kept-set:late,write:10,flush"));
        TwoProbes.ask(writer, "", "await-arrival:" + gate);

        Exchanged logout = TwoProbes.ask(leftFrom, session, step + ",peek");
        assertThat(logout.body()).contains("peek nothing");
        TwoProbes.ask(writer, "", "open:" + gate);
        late.get(30, TimeUnit.SECONDS);

        assertThat(Stream.of(probes.first(), probes.second())).allSatisfy(node -> {
            assertDead(node, session);
            assertDead(node, TwoProbes.session(logout, session));
        });
    }

    /** A node may need a moment to say so; it must never say anything else. */
    private static void assertDead(ProbeNode node, String session) {
        await("an answer")
                .atMost(Duration.ofSeconds(10))
                .pollDelay(Duration.ZERO)
                .until(() -> TwoProbes.ask(node, session, "peek"), answer -> {
                    assertThat(answer.body()).doesNotContain("peek id(");
                    return answer.statusLine().contains(" 200");
                });
    }
}
