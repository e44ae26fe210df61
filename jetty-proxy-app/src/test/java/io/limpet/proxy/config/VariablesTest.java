package io.limpet.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VariablesTest {

    private final Mistakes mistakes = new Mistakes();
    private final Variables variables = new Variables(Map.of("HOST", "10.0.0.1", "PORT", "8081"), mistakes);

    private String expand(String text) {
        return variables.expand(text, "limpet.yaml: nodes.n1");
    }

    @Test
    void variablesAreReplacedWhereverTheyStand() {
        assertThat(expand("http://${HOST}:${PORT}")).isEqualTo("http://10.0.0.1:8081");
        assertThatCode(mistakes::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void theDefaultCountsWithoutTheVariableAndOnlyThen() {
        assertThat(expand("${N2:http://127.0.0.1:8082}")).isEqualTo("http://127.0.0.1:8082");
        assertThat(expand("${HOST:elsewhere}")).isEqualTo("10.0.0.1");
        assertThat(expand("x${NOTHING:}y")).isEqualTo("xy");
        assertThatCode(mistakes::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void dollarSignsThatNameNothingStay() {
        assertThat(expand("a$b$$c $ $1 $")).isEqualTo("a$b$$c $ $1 $");
        assertThat(expand("$${HOST}")).isEqualTo("${HOST}");
        assertThatCode(mistakes::throwIfAny).doesNotThrowAnyException();
    }

    @Test
    void aVariableThatThereIsNotIsAMistake() {
        expand("${NODE_URL}");

        assertThatThrownBy(mistakes::throwIfAny)
                .hasMessage("limpet.yaml: nodes.n1: there is no environment variable 'NODE_URL'; set it, or write"
                        + " '${NODE_URL:default}'");
    }

    @Test
    void aReferenceWithoutAnEndIsAMistake() {
        expand("${HOST");

        assertThatThrownBy(mistakes::throwIfAny).hasMessageContaining("'${HOST' names no variable");
    }

    @Test
    void valuesOfTheEnvironmentAreNotExpandedAgain() {
        assertThat(new Variables(Map.of("A", "${B}", "B", "no"), mistakes).expand("${A}", "here"))
                .isEqualTo("${B}");
    }
}
