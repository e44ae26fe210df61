package io.limpet.it.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several session cookies in one request, failover on; {@link SealedIT} has the same without. */
class DuplicateCookiesIT {

    private static final Pattern PEEKED = Pattern.compile("peek id\\(([^).]+)");

    @ParameterizedTest
    @EnumSource(names = {"TOMCAT_11", "JETTY", "UNDERTOW"})
    void theSessionOfTheDeadNodeIsAdoptedOnceAndFoundByAllThatHaveNoneThatLives(Container container) {
        try (SealedSessions sessions = SealedSessions.on(container, Limpet.FAILOVER)) {
            List<String> found = new ArrayList<>();
            List<String> set = new ArrayList<>();
            for (DuplicateCookies cookies : DuplicateCookies.orders(sessions)) {
                for (Exchanged answer : cookies.answers()) {
                    if (cookies.leadToTheDead()) {
                        assertThat(answer.body()).as("%s", cookies).containsPattern(PEEKED);
                        PEEKED.matcher(answer.body()).results().forEach(it -> found.add(it.group(1)));
                        set.addAll(answer.all("Set-Cookie"));
                    }
                }
            }
            // the dead one alone, with the forged one before it and behind it, each in two ways
            assertThat(found).hasSize(6).containsOnly(found.get(0));
            assertThat(sessions.dead()).doesNotContain(found.get(0));
            assertThat(set).isNotEmpty().allMatch(line -> line.startsWith("JSESSIONID=" + found.get(0) + "."));
        }
    }
}
