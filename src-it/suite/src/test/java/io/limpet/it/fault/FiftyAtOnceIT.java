package io.limpet.it.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.Exchanged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A node is killed, and all that one of its users has open asks the other node at the same time. */
@ParameterizedClass
@MethodSource("open")
class FiftyAtOnceIT {

    private static final int REQUESTS = 50;
    private static final Pattern CREATED = Pattern.compile("session created id\\(([^)]+)\\)");
    private static final Pattern SERVED = Pattern.compile("^session id\\(([^)]+)\\)", Pattern.MULTILINE);

    private final TwoProbes probes;

    FiftyAtOnceIT(TwoProbes probes) {
        this.probes = probes;
    }

    static Stream<TwoProbes> open() {
        return Stream.of(Container.values())
                .filter(it -> Effort.isFull() || it == Container.TOMCAT_10 || it == Container.JETTY)
                .map(TwoProbes::start);
    }

    @Test
    void theContainerMakesOneSessionForAllOfThemAndRefusesNone() throws Exception {
        String old = TwoProbes.session(TwoProbes.ask(probes.first(), "", "create,set:cart=rope"), "");
        assertThat(found(CREATED, TwoProbes.events(probes.second())))
                .as("until now")
                .isEmpty();

        probes.first().kill();
        List<Exchanged> answers = atOnce(() -> TwoProbes.ask(probes.second(), old, "state"));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusLine()).contains(" 200");
            assertThat(answer.body()).contains("cart=rope");
        });
        List<String> created = found(CREATED, TwoProbes.events(probes.second()));
        assertThat(created)
                .as("sessions that the container told its listeners of")
                .hasSize(1);
        assertThat(answers.stream().flatMap(answer -> found(SERVED, answer.body()).stream()))
                .hasSize(REQUESTS)
                .containsOnly(created.get(0));
        Set<String> cookies = answers.stream()
                .map(answer -> TwoProbes.session(answer, old))
                .filter(cookie -> !cookie.equals(old))
                .collect(Collectors.toSet());
        assertThat(cookies).singleElement().asString().contains(created.get(0));
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static List<Exchanged> atOnce(Callable<Exchanged> request) throws Exception {
        ExecutorService tabs = Executors.newFixedThreadPool(REQUESTS);
        try {
            List<Exchanged> answers = new ArrayList<>();
            for (Future<Exchanged> answer :
                    tabs.invokeAll(Collections.nCopies(REQUESTS, request), 1, TimeUnit.MINUTES)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            tabs.shutdownNow();
        }
    }
}
