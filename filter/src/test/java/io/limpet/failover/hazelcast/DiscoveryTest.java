package io.limpet.failover.hazelcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientNetworkConfig;
import com.hazelcast.config.JoinConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiscoveryTest {

    @Test
    void membersAreListedOrFoundByANameOrByKubernetes() {
        assertThat(Members.parse("a:1, b")).isEqualTo(new Members.Listed(MemberAddress.parseList("a:1,b:5701")));
        assertThat(Members.parse(" dns:shop.internal ")).isEqualTo(new Members.Dns("shop.internal", 5701));
        assertThat(Members.parse("dns:shop.internal:5705")).isEqualTo(new Members.Dns("shop.internal", 5705));
        assertThat(Members.parse("kubernetes:prod/shop")).isEqualTo(new Members.Kubernetes("prod", "shop"));
        assertThat(Members.parse("")).isEqualTo(Members.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"dns:", "dns:a b", "kubernetes:", "kubernetes:shop", "kubernetes:a/b/c", "kubernetes:A/b"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> Members.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyAddressOfANameIsAskedForByThePluginThatTakesThemAll() {
        Members members = Members.parse("dns:shop.internal:5705");
        JoinConfig join = new JoinConfig();
        Discovery.of(members, join);
        ClientNetworkConfig network = new ClientNetworkConfig();
        Discovery.of(members, network);

        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperties())
                .containsEntry("service-dns", "shop.internal")
                .containsEntry("service-port", "5705")
                .isEqualTo(network.getKubernetesConfig().getProperties());
    }

    @Test
    void kubernetesIsAskedForTheEndpointsOfTheService() {
        Members members = Members.parse("kubernetes:prod/shop");
        JoinConfig join = new JoinConfig();
        Discovery.of(members, join);
        ClientNetworkConfig network = new ClientNetworkConfig();
        Discovery.of(members, network);

        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(network.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperties())
                .containsEntry("namespace", "prod")
                .containsEntry("service-name", "shop")
                .isEqualTo(network.getKubernetesConfig().getProperties());
    }

    @Test
    void nobodyIsLookedForInAnyOtherWay() {
        for (String text : new String[] {"", "a:1", "dns:a", "kubernetes:a/b"}) {
            JoinConfig join = new JoinConfig();
            Discovery.of(Members.parse(text), join);
            ClientNetworkConfig network = new ClientNetworkConfig();
            Discovery.of(Members.parse(text), network);

            assertThat(join.getMulticastConfig().isEnabled()).isFalse();
            assertThat(join.isAutoDetectionEnabled()).isFalse();
            assertThat(network.getAutoDetectionConfig().isEnabled()).isFalse();
        }
    }
}
