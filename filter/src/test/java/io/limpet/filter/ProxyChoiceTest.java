package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.Affinity.Choice;
import io.limpet.route.Route;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyChoiceTest {

    @Test
    void theProxysChoiceIsRead() {
        assertThat(ProxyChoice.of("owner").choice()).isEqualTo(Choice.OWNER);
        assertThat(ProxyChoice.of("fresh").choice()).isEqualTo(Choice.FRESH);
        assertThat(ProxyChoice.of("takeover;from=n1"))
                .isEqualTo(new ProxyChoice(Choice.TAKEOVER, Optional.of(new Route("n1"))));
    }

    @Test
    void aRequestPastTheProxyIsDirect() {
        assertThat(ProxyChoice.of(null).choice()).isEqualTo(Choice.DIRECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "OWNER", "takeover", "takeover;from=", "takeover;from=../x", "takeover;from=10-0-0-1"})
    void whatAClientMakesUpNeverThrows(String header) {
        assertThat(ProxyChoice.of(header).takenOverFrom()).isEmpty();
    }
}
