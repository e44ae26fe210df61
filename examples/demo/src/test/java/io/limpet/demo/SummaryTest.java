package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.demo.Plan.NodePlace;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class SummaryTest {

    private static final List<NodePlace> TWO =
            List.of(new NodePlace("n1", 20_001, 21_001), new NodePlace("n2", 20_002, 21_002));
    private static final Map<String, Long> PIDS = Map.of("n1", 101L, "n2", 102L, "proxy", 103L);

    @Test
    void itSaysWhatToOpenAndWhereTheLogsAre() {
        assertThat(summary(new Plan(TWO, 8080, true, false)))
                .contains("http://127.0.0.1:8080/")
                .contains("2 nodes, failover on")
                .contains("Logs   logs");
    }

    @Test
    void everyProcessHasALineWithNamePortProcessAndHowToKillIt() {
        assertThat(summary(new Plan(TWO, 8080, true, false)))
                .containsPattern("n1 +20001 +101 +kill -9 101\n")
                .containsPattern("n2 +20002 +102 +kill -9 102\n")
                .containsPattern("proxy +8080 +103 +kill -9 103\n");
    }

    @Test
    void itPromisesABasketOnlyWhenSomebodyIsLeftWhoHasIt() {
        assertThat(summary(new Plan(TWO, 8080, true, false))).contains("another node, the same basket");
        assertThat(summary(new Plan(TWO, 8080, false, false))).contains("another node, an empty basket");
        assertThat(summary(new Plan(TWO.subList(0, 1), 8080, true, false))).contains("nobody is left");
    }

    @Test
    void theNewsTellWhatHappenedAndWhatFollows() {
        Plan plan = new Plan(TWO, 8080, true, false);
        Launch n1 = new Launch("n1", 20_001, List.of("java"), Map.of(), URI.create("http://127.0.0.1:20001/"), "");

        assertThat(plain(News.ended(n1, 101, 137, plan)))
                .isEqualTo("n1 is gone: process 101 was killed (signal 9); its sessions move at their next request");
        assertThat(plain(News.ended(n1, 101, 1, new Plan(TWO, 8080, false, true))))
                .isEqualTo(
                        "n1 is gone: process 101 ended (exit code 1); its sessions are lost, and it comes back in 5 s");
        assertThat(plain(News.back(n1, 104))).isEqualTo("n1 is back: process 104, port 20001, kill -9 104");
    }

    private static String summary(Plan plan) {
        return plain(Summary.of(plan, PIDS, Path.of("logs")));
    }

    private static String plain(String text) {
        return Ansi.OFF.string(text);
    }
}
