package io.limpet.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NodeNameTest {

    @Test
    void theEnvironmentBeatsThePropertyAndBothBeatTheHostName() {
        assertThat(NodeName.choose("n1", "n2", "host")).isEqualTo("n1");
        assertThat(NodeName.choose(null, "n2", "host")).isEqualTo("n2");
        assertThat(NodeName.choose(null, null, "host")).isEqualTo("host");
    }

    @Test
    void anEmptySettingIsNone() {
        assertThat(NodeName.choose("", " ", "host")).isEqualTo("host");
    }
}
