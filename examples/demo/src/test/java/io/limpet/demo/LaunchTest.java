package io.limpet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {

    @Test
    void aProcessInheritsTheEnvironmentWithOurSettings() {
        ProcessBuilder builder = launch(Map.of("LIMPET_NODE", "n1")).builder();

        assertThat(builder.environment()).containsEntry("LIMPET_NODE", "n1").containsKey("PATH");
        assertThat(builder.command()).containsExactly("java", "-version");
    }

    // the surefire configuration of this module sets LIMPET_SECRET
    @Test
    void whatTheUsersEnvironmentSaysToLimpetStaysOut() {
        assertThat(System.getenv()).containsKey("LIMPET_SECRET");

        assertThat(launch(Map.of()).builder().environment()).doesNotContainKey("LIMPET_SECRET");
    }

    private static Launch launch(Map<String, String> environment) {
        URI ready = URI.create("http://127.0.0.1:1/");
        return new Launch("n1", 1, List.of("java", "-version"), environment, ready, "");
    }
}
