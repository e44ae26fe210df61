package io.limpet.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HealthReaderTest {

    private static GivenSettings given(Setting setting, String value) {
        return new GivenSettings()
                .add(Setting.NODES, "n1=http://127.0.0.1:8081", "--node")
                .add(setting, value, setting.option());
    }

    @Test
    void statusCodesAreReadOneByOneAndInRanges() {
        assertThat(SettingsReader.read(given(Setting.HEALTH_EXPECT, "200, 204,300-399"))
                        .health()
                        .expected())
                .containsExactly(new StatusRange(200, 200), new StatusRange(204, 204), new StatusRange(300, 399));
    }

    @Test
    void whatIsNoStatusCodeIsAMistake() {
        for (String wrong : new String[] {"ok", "20", "600", "399-200", "200-", ""}) {
            assertThatThrownBy(() -> SettingsReader.read(given(Setting.HEALTH_EXPECT, wrong)))
                    .hasMessage(
                            "--health-expect: '" + wrong + "' has no status code in it; write '200,204' or '200-399'");
        }
    }

    @Test
    void aProbeChangesNothing() {
        assertThatThrownBy(() -> SettingsReader.read(
                        given(Setting.HEALTH_METHOD, "POST").add(Setting.HEALTH_KIND, "path", "--health-kind")))
                .hasMessage("--health-method: 'POST' is no method for a probe; write 'GET', 'HEAD' or 'OPTIONS'");
    }

    @Test
    void theFiltersStatusIsAskedForWithGet() {
        assertThatThrownBy(() -> SettingsReader.read(given(Setting.HEALTH_METHOD, "HEAD")))
                .hasMessage("--health-method: 'HEAD' does not bring the filter's status; write 'GET'");
        assertThat(SettingsReader.read(
                                given(Setting.HEALTH_METHOD, "HEAD").add(Setting.HEALTH_KIND, "path", "--health-kind"))
                        .health()
                        .method())
                .isEqualTo("HEAD");
    }
}
