package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.config.Config;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.PartitionGroupConfig.MemberGroupType;
import com.hazelcast.config.ServerSocketEndpointConfig;
import com.hazelcast.instance.EndpointQualifier;
import io.limpet.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemberConfigTest {

    private static final String BACKUP_TIMEOUT = "hazelcast.operation.backup.timeout.millis";
    private static final Route N1 = new Route("n1");

    @Test
    void nobodyIsLookedForButTheMembersThatWereNamed() {
        JoinConfig join =
                config(ClusterSettings.LOOPBACK).getAdvancedNetworkConfig().getJoin();

        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.isAutoDetectionEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
        assertThat(join.getTcpIpConfig().getMembers()).containsExactly("127.0.0.1:5701", "127.0.0.1:5702");
    }

    @Test
    void nothingCallsHomeOrServesOthers() {
        Config config = config(ClusterSettings.LOOPBACK);

        assertThat(config.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
        assertThat(config.getJetConfig().isEnabled()).isFalse();
        assertThat(config.getRestConfig().isEnabled()).isFalse();
        assertThat(config.getMetricsConfig().isEnabled()).isFalse();
    }

    @Test
    void theApplicationsStopAndNoHookOfHazelcastsEndsTheMember() {
        Config complete = complete(new Config());

        assertThat(complete.getProperty("hazelcast.shutdownhook.enabled")).isEqualTo("false");
        assertThat(complete.getProperty("hazelcast.graceful.shutdown.max.wait")).isEqualTo("10");
    }

    @Test
    void onlyTheNamedInterfaceIsBound() {
        Config config = config(ClusterSettings.LOOPBACK);

        assertThat(config.getProperty("hazelcast.local.localAddress")).isEqualTo("127.0.0.1");
        assertThat(config.getProperty("hazelcast.socket.bind.any")).isEqualTo("false");
        assertThat(config.getProperty("hazelcast.socket.server.bind.any")).isEqualTo("false");
        assertThat(socket(config).getPublicAddress()).isEqualTo("127.0.0.1");
    }

    @Test
    void aPortThatWasAskedForIsTakenOrTheStartFails() {
        assertThat(socket(config(new MemberAddress("127.0.0.1", 5705))))
                .matches(socket -> socket.getPort() == 5705 && !socket.isPortAutoIncrement());
        assertThat(socket(config(ClusterSettings.LOOPBACK)))
                .matches(socket -> socket.getPort() == 5701 && socket.isPortAutoIncrement());
    }

    @Test
    void clientsAreTakenOnlyWhereAPortForThemIsNamed() {
        ClusterSettings closed = settings(Members.NONE, ClusterSettings.LOOPBACK, Proxies.NONE);
        ClusterSettings open =
                settings(Members.NONE, ClusterSettings.LOOPBACK, new Proxies(Optional.of(5702), Optional.empty()));

        assertThat(endpoints(closed)).containsOnlyKeys(EndpointQualifier.MEMBER);
        assertThat(endpoints(open)).containsOnlyKeys(EndpointQualifier.MEMBER, EndpointQualifier.CLIENT);
        assertThat((ServerSocketEndpointConfig) endpoints(open).get(EndpointQualifier.CLIENT))
                .matches(socket -> socket.getPort() == 5702 && "127.0.0.1".equals(socket.getPublicAddress()));
    }

    private static Map<EndpointQualifier, EndpointConfig> endpoints(ClusterSettings settings) {
        return MemberConfig.of(settings, ClusterSettings.LOOPBACK, N1)
                .getAdvancedNetworkConfig()
                .getEndpointConfigs();
    }

    @Test
    void everyInterfaceAtOnceIsRefused() {
        assertThatThrownBy(() -> config(new MemberAddress("0.0.0.0", 5701)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("every interface");
    }

    @Test
    void sessionsHaveOneSynchronousBackupAndOurMergePolicy() {
        MapConfig map = complete(config(ClusterSettings.LOOPBACK)).findMapConfig(MemberConfig.MAP_PREFIX + "/shop");

        assertThat(map.getBackupCount()).isEqualTo(1);
        assertThat(map.getAsyncBackupCount()).isZero();
        assertThat(map.isReadBackupData()).isFalse();
        assertThat(map.getNearCacheConfig()).isNull();
        assertThat(map.getInMemoryFormat()).isEqualTo(InMemoryFormat.BINARY);
        assertThat(map.getMergePolicyConfig().getPolicy()).isEqualTo(PrecedenceMergePolicy.class.getName());
    }

    @Test
    void aSessionAndItsBackupAreNeverOnOneNode() {
        Config config = config(ClusterSettings.LOOPBACK);

        assertThat(config.getPartitionGroupConfig().isEnabled()).isTrue();
        assertThat(config.getPartitionGroupConfig().getGroupType()).isEqualTo(MemberGroupType.NODE_AWARE);
        assertThat(config.getMemberAttributeConfig().getAttributes()).containsValue("n1");
    }

    @Test
    void aHungMemberIsOutAfterTenSeconds() {
        Config config = config(ClusterSettings.LOOPBACK);

        assertThat(config.getProperty("hazelcast.heartbeat.interval.seconds")).isEqualTo("1");
        assertThat(config.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hazelcast.merge.first.run.delay.seconds", "hazelcast.merge.next.run.delay.seconds"})
    void halvesMeetAfterFiveSecondsUnlessAnOperatorsFileSaysOtherwise(String delay) {
        assertThat(complete(new Config()).getProperty(delay)).isEqualTo("5");
        assertThat(complete(new Config().setProperty(delay, "7")).getProperty(delay))
                .isEqualTo("7");
    }

    @Test
    void theStoresTimeoutEndsBeforeHazelcastGivesUpOnABackup() {
        assertThat(complete(new Config()).getProperty(BACKUP_TIMEOUT)).isEqualTo("6000");
        assertThat(complete(new Config().setProperty(BACKUP_TIMEOUT, "1001")).getProperty(BACKUP_TIMEOUT))
                .isEqualTo("1001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "0", "soon"})
    void anOperatorsFileThatGivesUpOnABackupBeforeTheStoreDoesIsRefused(String millis) {
        assertThatThrownBy(() -> complete(new Config().setProperty(BACKUP_TIMEOUT, millis)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(BACKUP_TIMEOUT + "=" + millis)
                .hasMessageContaining("write 6000");
    }

    private static Config complete(Config config) {
        return MemberConfig.complete(config, 0, Duration.ofSeconds(1), MemberConfigTest.class.getClassLoader());
    }

    @Test
    void anOperatorsFileReplacesTheRestButNotTheSessionsMap(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("hz.yaml");
        Files.writeString(file, "hazelcast:\n  cluster-name: theirs\n  network:\n    port:\n      port: 6000\n");

        Config config = complete(ConfigFile.read(file.toString(), getClass().getClassLoader()));

        assertThat(config.getClusterName()).isEqualTo("theirs");
        assertThat(config.getNetworkConfig().getPort()).isEqualTo(6000);
        assertThat(config.findMapConfig("limpet.sessions/shop")
                        .getMergePolicyConfig()
                        .getPolicy())
                .isEqualTo(PrecedenceMergePolicy.class.getName());
    }

    @Test
    void aFileThatIsNotThereIsReportedWithWhatToWrite() {
        for (String location : List.of("/no/such/hz.yaml", "classpath:no-such.xml", "file:/no/such/hz.xml")) {
            assertThatThrownBy(() -> ConfigFile.read(location, getClass().getClassLoader()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(location)
                    .hasMessageContaining("write a path");
        }
    }

    private static Config config(MemberAddress bind) {
        return config(Members.parse("127.0.0.1:5701,127.0.0.1:5702"), bind);
    }

    private static Config config(Members members, MemberAddress bind) {
        return MemberConfig.of(settings(members, bind, Proxies.NONE), bind, N1);
    }

    private static ClusterSettings settings(Members members, MemberAddress bind, Proxies proxies) {
        return new ClusterSettings(
                "test",
                members,
                new Topology.Embedded(bind),
                0,
                Optional.empty(),
                Duration.ofSeconds(1),
                MemberConfigTest.class.getClassLoader(),
                proxies);
    }

    private static ServerSocketEndpointConfig socket(Config config) {
        return (ServerSocketEndpointConfig) Objects.requireNonNull(
                config.getAdvancedNetworkConfig().getEndpointConfigs().get(EndpointQualifier.MEMBER));
    }
}
