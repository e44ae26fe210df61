package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.ClientConnectionStrategyConfig.ReconnectMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionConfigTest {

    private static final ClassLoader LOADER = ConnectionConfigTest.class.getClassLoader();

    @Test
    void aClientLooksNowhereElseAndReadsNoClassesOfOthers() {
        ClientConfig config = ConnectionConfig.of(settings(Duration.ofSeconds(1)));

        assertThat(config.getNetworkConfig().getAddresses()).containsExactly("hz-1:5701");
        assertThat(config.getNetworkConfig().getAutoDetectionConfig().isEnabled())
                .isFalse();
        assertThat(config.getMetricsConfig().isEnabled()).isFalse();
        assertThat(config.getSerializationConfig()
                        .getJavaSerializationFilterConfig()
                        .isDefaultsDisabled())
                .isTrue();
    }

    @Test
    void noRequestWaitsForAConnectionAlsoWithAnOperatorsFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("hz.yaml");
        Files.writeString(file, """
                hazelcast-client:
                  cluster-name: theirs
                  network:
                    redo-operation: true
                    cluster-members:
                      - hz-9:5701
                """);

        ClientConfig config = ConnectionConfig.complete(
                ConfigFile.readClient(file.toString(), LOADER), Duration.ofSeconds(1), LOADER);

        assertThat(config.getClusterName()).isEqualTo("theirs");
        assertThat(config.getNetworkConfig().getAddresses()).containsExactly("hz-9:5701");
        assertThat(config.getNetworkConfig().isRedoOperation()).isFalse();
        assertThat(config.getConnectionStrategyConfig().isAsyncStart()).isTrue();
        assertThat(config.getConnectionStrategyConfig().getReconnectMode()).isEqualTo(ReconnectMode.ASYNC);
    }

    @Test
    void aClientDoesNotWaitLongerThanTheServersWaitForABackup() {
        assertThatThrownBy(() -> settings(Duration.ofSeconds(5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write 4s or less");
    }

    private static ClusterSettings settings(Duration storeTimeout) {
        return new ClusterSettings(
                "test", Members.parse("hz-1"), new Topology.Client(), 0, Optional.empty(), storeTimeout, LOADER);
    }
}
