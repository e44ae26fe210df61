package io.limpet.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpet.proxy.node.LostOwner;
import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Tagging;
import io.limpet.proxy.node.Thresholds;
import io.limpet.proxy.tls.Trust;
import io.limpet.route.Route;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    private static GivenSettings oneNode() {
        return new GivenSettings().add(Setting.NODES, "n1=http://127.0.0.1:8081", "--node");
    }

    private static List<String> mistakes(GivenSettings given) {
        WrongSettingsException wrong =
                catchThrowableOfType(WrongSettingsException.class, () -> SettingsReader.read(given));
        assertThat(wrong).as("the settings should be refused").isNotNull();
        return wrong.mistakes();
    }

    private static List<String> mistakes(Setting setting, String value) {
        return mistakes(oneNode().add(setting, value, setting.option()));
    }

    @Test
    void oneNodeIsEnoughForAWholeConfiguration() {
        assertThat(SettingsReader.read(oneNode()))
                .isEqualTo(new ProxySettings(
                        new ListenAddress("127.0.0.1", 8080),
                        List.of(new Node(new Route("n1"), URI.create("http://127.0.0.1:8081"))),
                        "JSESSIONID",
                        List.of("jsessionid", "JSESSIONID"),
                        List.of(),
                        new HealthSettings(
                                HealthSettings.Kind.STATUS,
                                "/limpet/status",
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                new Thresholds(2, 3)),
                        new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(60), Duration.ofMinutes(60)),
                        new Limits(
                                64 * 1024,
                                200,
                                10_000,
                                10_000,
                                Duration.ofSeconds(20),
                                new Bodies(0, 240, 240),
                                new PerNode(1024, 1024, Duration.ofSeconds(10)),
                                false),
                        new Inbound(new Tls.Off(), new Http2(true, 100, 128), false, TrustedProxies.NONE, Lane.SERVLET),
                        Trust.OF_THE_JDK,
                        BalanceSettings.NORMAL,
                        DiscoverySettings.NONE,
                        new OperatingSettings(
                                LostOwner.REDISTRIBUTE,
                                Duration.ofMinutes(30),
                                new AdminSettings(
                                        Optional.of(new ListenAddress("127.0.0.1", 9090)), false, Optional.empty()),
                                AccessLogSettings.OFF)));
    }

    @Test
    void aNodeWithoutTheFilterHasNoStatusToAskFor() {
        GivenSettings given =
                new GivenSettings().add(Setting.NODES, "n1=http://127.0.0.1:8081,tagging=container", "--node");
        assertThat(mistakes(given))
                .containsExactly("--health-kind: 'status' asks for the filter's status, which a node with"
                        + " tagging=container does not have; write 'path'");
        given.add(Setting.HEALTH_KIND, "path", "--health-kind");
        assertThat(SettingsReader.read(given).nodes()).extracting(Node::tagging).containsExactly(Tagging.CONTAINER);
    }

    @Test
    void whatIsForOperatorsIsCheckedLikeTheRest() {
        GivenSettings given = oneNode()
                .add(Setting.ADMIN, "off", "--admin")
                .add(Setting.ON_LOST_OWNER, "reject", "--on-lost-owner")
                .add(Setting.ACCESS_LOG, "stdout", "--access-log")
                .add(Setting.ACCESS_LOG_FORMAT, "combined", "--access-log-format");
        assertThat(SettingsReader.read(given).operating())
                .isEqualTo(new OperatingSettings(
                        LostOwner.REJECT,
                        Duration.ofMinutes(30),
                        new AdminSettings(Optional.empty(), true, Optional.empty()),
                        new AccessLogSettings("stdout", AccessLogSettings.Format.COMBINED)));
        assertThat(mistakes(Setting.ON_LOST_OWNER, "ignore"))
                .containsExactly("--on-lost-owner: 'ignore' is none of the choices; write 'redistribute' or 'reject'");
        assertThat(mistakes(Setting.ADMIN, "9090")).singleElement().asString().contains("has no host");
        assertThat(mistakes(Setting.ADMIN_TOKEN, "a-short-one"))
                .singleElement()
                .asString()
                .contains("LIMPET_ADMIN_TOKEN", "at least 16")
                .doesNotContain("a-short-one");
    }

    @Test
    void otherProxiesAreToldOrdersOnlyWithATokenAndAListener() {
        GivenSettings given = oneNode().add(Setting.ADMIN_PEERS, "10.0.0.2:9090, 10.0.0.3:0", "--admin-peers");
        assertThat(mistakes(given))
                .containsExactly(
                        "--admin-peers: other proxies take no orders without a token; set LIMPET_ADMIN_TOKEN or"
                                + " admin-token, the same on all of them",
                        "--admin-peers: '10.0.0.3:0' is nowhere; write '10.0.0.3:9090'");
        given = oneNode()
                .add(Setting.ADMIN_PEERS, "proxies.example:9090", "--admin-peers")
                .add(Setting.ADMIN_TOKEN, "a-token-for-operators", "LIMPET_ADMIN_TOKEN");
        assertThat(SettingsReader.read(given).operating().admin().peers())
                .containsExactly(new ListenAddress("proxies.example", 9090));
        assertThat(mistakes(given.add(Setting.ADMIN, "off", "--admin")))
                .containsExactly("--admin: 'off' leaves nothing that other proxies could tell; write '127.0.0.1:9090'");
    }

    @Test
    void aSecretThatIsTooShortIsAMistakeThatDoesNotShowIt() {
        assertThat(mistakes(Setting.SECRET, "a-short-one"))
                .singleElement()
                .asString()
                .contains("LIMPET_SECRET", "at least 16")
                .doesNotContain("a-short-one");
        assertThat(SettingsReader.read(oneNode().add(Setting.SECRET, "0123456789abcdef,abcdef0123456789", ""))
                        .secrets())
                .hasSize(2);
    }

    @Test
    void aHeadsLimitIsASize() {
        for (String wrong : new String[] {"", "0", "1023", "1025k", "1048577", "9999999k", "64kb", "-1", "1m"}) {
            assertThat(mistakes(Setting.LIMIT_HEAD, wrong))
                    .singleElement()
                    .asString()
                    .contains("64k");
        }
    }

    @Test
    void everySettingCanBeGiven() {
        GivenSettings given = oneNode()
                .add(Setting.LISTEN, "[::1]:0", "")
                .add(Setting.COOKIE, "__Host-sid", "")
                .add(Setting.PATH_PARAMETER, "sid", "")
                .add(Setting.HEALTH_KIND, "path", "")
                .add(Setting.HEALTH_PATH, "/shop/ping", "")
                .add(Setting.HEALTH_INTERVAL, "250ms", "")
                .add(Setting.HEALTH_TIMEOUT, "3s", "")
                .add(Setting.HEALTH_RISE, "4", "")
                .add(Setting.HEALTH_FALL, "5", "")
                .add(Setting.TIMEOUT_CONNECT, "1s", "")
                .add(Setting.TIMEOUT_IDLE, "2m", "")
                .add(Setting.TIMEOUT_TUNNEL, "5m", "")
                .add(Setting.LIMIT_HEAD, "9000", "")
                .add(Setting.LIMIT_FIELDS, "50", "")
                .add(Setting.LIMIT_CONNECTIONS, "70", "")
                .add(Setting.LIMIT_REQUESTS, "90", "")
                .add(Setting.LIMIT_HEAD_TIME, "3s", "")
                .add(Setting.LIMIT_BODY_RATE, "100", "")
                .add(Setting.LIMIT_RESPONSE_RATE, "110", "")
                .add(Setting.LIMIT_BODY, "3g", "")
                .add(Setting.LIMIT_NODE_CONNECTIONS, "12", "")
                .add(Setting.LIMIT_NODE_QUEUE, "0", "")
                .add(Setting.LIMIT_NODE_QUEUE_TIME, "2s", "")
                .add(Setting.AMBIGUOUS_PATHS, "pass", "");

        ProxySettings settings = SettingsReader.read(given);

        assertThat(settings.listen()).isEqualTo(new ListenAddress("::1", 0)).hasToString("[::1]:0");
        assertThat(settings.cookie()).isEqualTo("__Host-sid");
        assertThat(settings.pathParameters()).containsExactly("sid");
        assertThat(settings.health())
                .isEqualTo(new HealthSettings(
                        HealthSettings.Kind.PATH,
                        "/shop/ping",
                        Duration.ofMillis(250),
                        Duration.ofSeconds(3),
                        new Thresholds(4, 5)));
        assertThat(settings.timeouts())
                .isEqualTo(new Timeouts(Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofMinutes(5)));
        assertThat(settings.limits())
                .isEqualTo(new Limits(
                        9_000,
                        50,
                        70,
                        90,
                        Duration.ofSeconds(3),
                        new Bodies(3L << 30, 100, 110),
                        new PerNode(12, 0, Duration.ofSeconds(2)),
                        true));
    }

    @Test
    void thePathParameterIsNamedAsContainersNameItUnlessItIsGiven() {
        assertThat(SettingsReader.read(oneNode()).pathParameters()).containsExactly("jsessionid", "JSESSIONID");
        assertThat(SettingsReader.read(oneNode().add(Setting.COOKIE, "ShopSID", ""))
                        .pathParameters())
                .containsExactly("jsessionid", "ShopSID", "shopsid");
    }

    @Test
    void everyMistakeIsListedWithItsPlaceItsValueAndWhatToWrite() {
        GivenSettings given = new GivenSettings()
                .add(Setting.NODES, "b=10.0.0.2", "--node")
                .add(Setting.LISTEN, "8080", "--listen")
                .add(Setting.HEALTH_INTERVAL, "1", "limpet.yaml: health.interval");

        assertThat(mistakes(given))
                .containsExactlyInAnyOrder(
                        "--node: 'b=10.0.0.2' must begin with http:// or https://; write 'b=http://10.0.0.2:8080'",
                        "--listen: '8080' has no host; write '127.0.0.1:8080'",
                        "limpet.yaml: health.interval: '1' is no duration; write '500ms', '1s' or '2m'");
    }

    @Test
    void withoutANodeThereIsNoProxy() {
        assertThat(mistakes(new GivenSettings()))
                .containsExactly("nodes: there is none; write '--node n1=http://127.0.0.1:8081', once for each node");
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1, has no name",
        "=http://h:1, has no name",
        "a.b=http://h:1, has a wrong name",
        "10-0-0-1=http://h:1, has a wrong name",
        "b=, must begin with http://",
        "b=ftp://h:1, must begin with http:// or https://",
        "b=http://h, has no port",
        "b=http://h:70000, has no port",
        "b=http://h:0, has no port",
        "b=http://, has no URL that can be read",
        "b=http://a b:1, has no URL that can be read",
        "b=http://h_1:1, has no host",
        "b=http://h:1/shop, must end after the port",
        "b=http://u:p@h:1, must end after the port",
        "b=http://127.0.0.1:8081, has the address of node 'n1'",
        "n1=http://h:1, has the name of the node at http://127.0.0.1:8081"
    })
    void aWrongNodeIsRefused(String node, String problem) {
        assertThat(mistakes(oneNode().add(Setting.NODES, node, "--node")))
                .singleElement()
                .asString()
                .startsWith("--node: '" + node + "' " + problem)
                .contains("; write '");
    }

    @Test
    void aNodeMayBeReachedOverTls() {
        GivenSettings given = new GivenSettings().add(Setting.NODES, "n1=https://h:1/", "--node");

        assertThat(SettingsReader.read(given).nodes())
                .containsExactly(new Node(new Route("n1"), URI.create("https://h:1")));
    }

    @Test
    void aSlashBehindThePortIsNoMistake() {
        GivenSettings given = new GivenSettings().add(Setting.NODES, "n1=http://h:1/", "--node");

        assertThat(SettingsReader.read(given).nodes())
                .containsExactly(new Node(new Route("n1"), URI.create("http://h:1")));
    }

    @ParameterizedTest
    @CsvSource({
        "LISTEN, ''",
        "LISTEN, h",
        "LISTEN, h:",
        "LISTEN, h:99999",
        "LISTEN, ::1:80",
        "COOKIE, ''",
        "COOKIE, a=b",
        "COOKIE, a;b",
        "PATH_PARAMETER, a/b",
        "HEALTH_KIND, STATUS",
        "HEALTH_PATH, ping",
        "HEALTH_PATH, /ping?x",
        "HEALTH_PATH, /pi ng",
        "HEALTH_INTERVAL, 0s",
        "HEALTH_INTERVAL, 1h",
        "HEALTH_TIMEOUT, -1s",
        "HEALTH_RISE, 0",
        "HEALTH_FALL, x",
        "AMBIGUOUS_PATHS, yes",
        "LIMIT_BODY, 10mb",
        "LIMIT_BODY, -1",
        "LIMIT_NODE_CONNECTIONS, 0",
        "LIMIT_NODE_QUEUE, -1",
        "TIMEOUT_CONNECT, 1 s",
        "TIMEOUT_IDLE, 99999999999s"
    })
    void aWrongValueIsRefused(Setting setting, String value) {
        assertThat(mistakes(setting, value))
                .singleElement()
                .asString()
                .startsWith(setting.option() + ": '" + value + "' ")
                .contains("; write '");
    }
}
