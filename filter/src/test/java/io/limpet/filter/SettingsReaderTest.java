package io.limpet.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limpet.failover.Dirtiness;
import io.limpet.failover.hazelcast.MemberAddress;
import io.limpet.failover.hazelcast.Proxies;
import io.limpet.failover.hazelcast.Topology;
import io.limpet.route.Route;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> systemProperties = new HashMap<>();
    private final Map<String, String> initParams = new HashMap<>();

    private Settings read() {
        return new SettingsReader(
                        environment::get,
                        systemProperties::get,
                        initParams::get,
                        host -> host.equals("127.0.0.1") || host.equals("us"))
                .read(initParams.keySet(), "shop-7.example.org");
    }

    private Settings.Replicated readReplicated() {
        initParams.put("failover", "true");
        return (Settings.Replicated) read().failover();
    }

    private static Topology member(String host, int port) {
        return new Topology.Embedded(new MemberAddress(host, port));
    }

    @Test
    void theNodeIsNamedAfterItsHostUnlessItHasAName() {
        assertThat(read().node()).isEqualTo(new Route("shop-7"));
        initParams.put("node", "n1");
        assertThat(read().node()).isEqualTo(new Route("n1"));
    }

    @Test
    void theEnvironmentWinsOverTheSystemPropertyAndThatOverTheInitParam() {
        initParams.put("node", "from-init-param");
        systemProperties.put("limpet.node", "from-property");
        assertThat(read().node()).isEqualTo(new Route("from-property"));
        environment.put("LIMPET_NODE", "from-environment");
        assertThat(read().node()).isEqualTo(new Route("from-environment"));
    }

    @Test
    void failoverIsOffUnlessItIsSwitchedOn() {
        assertThat(read().failover()).isEqualTo(new Settings.Off());
    }

    @Test
    void aReplicatedNodeListensOnLoopbackUnlessItIsToldOtherwise() {
        assertThat(readReplicated().topology()).isEqualTo(member("127.0.0.1", 0));
        assertThat(readReplicated().storeTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(readReplicated().onStoreFailure()).isEqualTo(Settings.OnStoreFailure.SERVE);
        assertThat(readReplicated().dirty()).isEqualTo(Dirtiness.TOUCHED);
    }

    @Test
    void aNodeTellsProxiesNothingUnlessItIsTold() {
        assertThat(readReplicated().proxies()).isEqualTo(Proxies.NONE);
        environment.put("LIMPET_CLIENT_PORT", "5702");
        environment.put("LIMPET_URL", "http://10.0.0.1:8080/");
        assertThat(readReplicated().proxies())
                .isEqualTo(new Proxies(Optional.of(5702), Optional.of("http://10.0.0.1:8080")));
    }

    @Test
    void whatProxiesCouldNotUseIsRefused() {
        environment.put("LIMPET_CLIENT_PORT", "70000");
        environment.put("LIMPET_URL", "10.0.0.1:8080");
        assertThatThrownBy(this::readReplicated)
                .hasMessageContaining("2 mistakes")
                .hasMessageContaining("client-port: '70000' is no port; write 5702")
                .hasMessageContaining("url: '10.0.0.1:8080'")
                .hasMessageContaining("write http://10.0.0.1:8080");

        environment.put("LIMPET_CLIENT_PORT", "5702");
        environment.put("LIMPET_URL", "http://10.0.0.1:8080");
        environment.put("LIMPET_MODE", "client");
        environment.put("LIMPET_MEMBERS", "10.0.0.9:5701");
        assertThatThrownBy(this::readReplicated)
                .hasMessageContaining("client-port: mode=client leaves nothing to open");
    }

    @Test
    void theListOfMembersTellsWhereThisOneListens() {
        environment.put("LIMPET_MEMBERS", "them:5701, us:5702");
        assertThat(readReplicated().topology()).isEqualTo(member("us", 5702));
    }

    @Test
    void severalMembersOfThisMachineTakeAnyFreePortUnlessOneIsNamed() {
        environment.put("LIMPET_MEMBERS", "127.0.0.1:5701,127.0.0.1:5702");
        assertThat(readReplicated().topology()).isEqualTo(member("127.0.0.1", 0));
        environment.put("LIMPET_BIND", "127.0.0.1:5702");
        assertThat(readReplicated().topology()).isEqualTo(member("127.0.0.1", 5702));
    }

    @Test
    void sessionClassesAreAListOfPatterns() {
        initParams.put("session-classes", "com.acme.shop.** , com.acme.User");
        assertThat(readReplicated().sessionClasses()).isEqualTo(List.of("com.acme.shop.**", "com.acme.User"));
    }

    @Test
    void aSecretThatIsTooShortIsAMistakeThatDoesNotShowIt() {
        environment.put("LIMPET_SECRET", "a-short-one");
        assertThatThrownBy(this::read).hasMessageContaining("at least 16").hasMessageNotContaining("a-short-one");
        environment.put("LIMPET_SECRET", "the secret of this year,the secret of last year");
        assertThat(read().secrets().now()).hasSize(2);
    }

    @Test
    void aSecretInAFileMustBeReadableAndTheOnlyOne(@TempDir Path folder) throws IOException {
        environment.put("LIMPET_SECRET_FILE", folder.resolve("secret").toString());
        assertThatThrownBy(this::read).hasMessageContaining("secret-file").hasMessageContaining("cannot be read");

        Files.writeString(folder.resolve("secret"), "the secret of this year,the secret of last year\n");
        assertThat(read().secrets().now()).hasSize(2);

        environment.put("LIMPET_SECRET", "the secret of this year");
        assertThatThrownBy(this::read).hasMessageContaining("set one of the two");
    }

    @Test
    void everyResponseIsTaggedUnlessOnlyProxiedOnesShallBe() {
        assertThat(read().tagging()).isEqualTo(Settings.Tagging.ALWAYS);
        environment.put("LIMPET_TAGGING", "proxied");
        assertThat(read().tagging()).isEqualTo(Settings.Tagging.PROXIED);
    }

    @Test
    void everyMistakeIsListedAtOnce() {
        initParams.put("node", "10-0-0-1");
        initParams.put("failver", "true");
        initParams.put("failover", "true");
        initParams.put("members", "them:99999");
        initParams.put("on-store-failure", "shrug");
        initParams.put("store-timeout", "1 hour");
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 mistakes")
                .hasMessageContaining("10-0-0-1")
                .hasMessageContaining("'failver' is not a setting")
                .hasMessageContaining("99999")
                .hasMessageContaining("'shrug' is unknown; write serve or reject")
                .hasMessageContaining("'1 hour' must be 10ms to 60s");
    }

    @Test
    void aClientNeedsServersAndListensNowhere() {
        initParams.put("mode", "client");
        initParams.put("members", "hz-1:5701");
        assertThat(readReplicated().topology()).isEqualTo(new Topology.Client());

        initParams.remove("members");
        initParams.put("bind", "127.0.0.1:5701");
        assertThatThrownBy(this::readReplicated)
                .hasMessageContaining("2 mistakes")
                .hasMessageContaining("members is empty")
                .hasMessageContaining("a client listens nowhere");
    }

    @Test
    void aMemberThatIsFoundByNameHasToSayWhereItListensUnlessTheNameIsItsOwn() {
        initParams.put("members", "dns:shop.internal");
        assertThatThrownBy(this::readReplicated).hasMessageContaining("write bind=host:port");
        initParams.put("bind", "us");
        assertThat(readReplicated().topology()).isEqualTo(member("us", 5701));
        initParams.remove("bind");
        initParams.put("members", "dns:us:5703");
        assertThat(readReplicated().topology()).isEqualTo(member("us", 5703));
    }

    @Test
    void aQuorumOfOneIsNone() {
        assertThat(readReplicated().quorum()).isZero();
        initParams.put("quorum", "2");
        assertThat(readReplicated().quorum()).isEqualTo(2);
        initParams.put("quorum", "1");
        assertThatThrownBy(this::readReplicated).hasMessageContaining("quorum: '1'");
    }

    @Test
    void aListOfMembersWithoutThisMachineIsAMistake() {
        initParams.put("members", "them:5701");
        assertThatThrownBy(this::readReplicated).hasMessageContaining("none of").hasMessageContaining("bind=host:port");
    }
}
