package io.limpet.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.proxy.balance.Balancing;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.PathPattern;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BalanceReaderTest {

    private static GivenSettings given(String node) {
        return new GivenSettings().add(Setting.NODES, node, "--node");
    }

    private static GivenSettings given() {
        return given("n1=http://127.0.0.1:8081");
    }

    @Test
    void aNodeMayHaveAWeight() {
        assertThat(SettingsReader.read(given("n1=http://127.0.0.1:8081, weight=3"))
                        .nodes())
                .extracting(Node::weight)
                .containsExactly(3);
    }

    @Test
    void aWrongWeightIsAMistake() {
        assertThatThrownBy(() -> SettingsReader.read(given("n1=http://127.0.0.1:8081,weight=0")))
                .hasMessage("--node: 'n1=http://127.0.0.1:8081,weight=0' has a weight that is no number from 1 to 100;"
                        + " write 'n1=http://127.0.0.1:8081,weight=2'");
    }

    @Test
    void whatIsSaidOfBalanceIsRead() {
        BalanceSettings read = SettingsReader.read(given().add(Setting.BALANCE, "least-requests", "--balance")
                        .add(Setting.SLOW_START, "0s", "--slow-start")
                        .add(Setting.IGNORE, "/static/*, *.css", "limpet.yaml: ignore")
                        .add(Setting.IGNORE, "/favicon.ico", "limpet.yaml: ignore"))
                .balance();

        assertThat(read.way()).isEqualTo(Balancing.LEAST_REQUESTS);
        assertThat(read.slowStart()).isEqualTo(Duration.ZERO);
        assertThat(read.ignore()).extracting(PathPattern::text).containsExactly("/static/*", "*.css", "/favicon.ico");
    }

    @Test
    void everyMistakeIsListedAndNoTokenIsWrittenDown() {
        assertThatThrownBy(() -> SettingsReader.read(given().add(Setting.BALANCE, "random", "--balance")
                        .add(Setting.IGNORE, "static/*,*", "--ignore")
                        .add(Setting.TESTER_TOKEN, "hunter2", "LIMPET_TESTER_TOKEN")))
                .isInstanceOfSatisfying(
                        WrongSettingsException.class,
                        wrong -> assertThat(wrong.mistakes())
                                .hasSize(4)
                                .contains(
                                        "--balance: 'random' is no way to balance; write 'two-choices' or 'round-robin' or"
                                                + " 'least-requests' or 'weighted'")
                                .contains("--ignore: 'static/*' is no '/static/*', '*.css' or '/favicon.ico'")
                                .noneMatch(mistake -> mistake.contains("hunter2")));
    }
}
