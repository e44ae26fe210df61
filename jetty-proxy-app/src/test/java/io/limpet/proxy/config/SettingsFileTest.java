package io.limpet.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limpet.proxy.node.Node;
import io.limpet.proxy.node.Order;
import io.limpet.proxy.node.Standing;
import io.limpet.proxy.node.Tagging;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {

    @TempDir
    private Path directory;

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("limpet.yaml"), yaml);
    }

    private static List<String> mistakes(Path file, GivenSettings overriding) {
        WrongSettingsException wrong =
                catchThrowableOfType(WrongSettingsException.class, () -> SettingsFile.read(file, overriding));
        assertThat(wrong).as("the settings should be refused").isNotNull();
        return wrong.mistakes();
    }

    private List<String> mistakes(String yaml) throws IOException {
        return mistakes(file(yaml), new GivenSettings());
    }

    @Test
    void theFileHasTheSameSettingsAsTheCommandLine() throws IOException {
        ProxySettings settings = SettingsFile.read(file("""
                        # where clients come in
                        listen: 127.0.0.1:9000
                        nodes:
                          n1: http://127.0.0.1:8081
                          n2: http://127.0.0.1:8082
                        cookie: SID
                        path-parameter: sid
                        health:
                          kind: path
                          path: /shop/ping
                          interval: 2s
                          timeout: 500ms
                          rise: 1
                          fall: 2
                        timeouts:
                          connect: 1s
                          idle: 5m
                        """), new GivenSettings());

        assertThat(settings.listen()).hasToString("127.0.0.1:9000");
        assertThat(settings.nodes()).extracting(Node::toString).containsExactly("n1", "n2");
        assertThat(settings.cookie()).isEqualTo("SID");
        assertThat(settings.health().thresholds().fall()).isEqualTo(2);
        assertThat(settings.timeouts().idle()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void nodesMayStandAsOnTheCommandLine() throws IOException {
        ProxySettings settings = SettingsFile.read(
                file("nodes: [n1=http://127.0.0.1:8081, 'n2=http://127.0.0.1:8082']"), new GivenSettings());

        assertThat(settings.nodes()).extracting(Node::toString).containsExactly("n1", "n2");
    }

    @Test
    void aNodeWithoutTheFilterIsTaggedByItsContainer() throws IOException {
        ProxySettings settings = SettingsFile.read(file("""
                        nodes:
                          n1: http://127.0.0.1:8081
                          n2:
                            url: http://127.0.0.1:8082
                            tagging: container
                        health: {kind: path, path: /}
                        """), new GivenSettings());

        assertThat(settings.nodes()).extracting(Node::tagging).containsExactly(Tagging.LIMPET, Tagging.CONTAINER);
    }

    @Test
    void offNeedsNoQuotes() throws IOException {
        ProxySettings settings = SettingsFile.read(
                file("{nodes: {n1: 'http://127.0.0.1:8081'}, admin: off, access-log: {to: off}, http2: off}"),
                new GivenSettings());

        assertThat(settings.operating().admin().address()).isEmpty();
        assertThat(settings.operating().accessLog().isOn()).isFalse();
        assertThat(settings.inbound().http2().offered()).isFalse();
    }

    @Test
    void aNodeMayBeginInAnotherStateThanReady() throws IOException {
        assertThat(SettingsFile.read(
                                file("nodes: {n1: {url: 'http://127.0.0.1:8081', state: maintenance}}"),
                                new GivenSettings())
                        .nodes())
                .extracting(Node::standing)
                .containsExactly(Standing.of(Order.MAINTENANCE));
        assertThat(mistakes("{nodes: {n1: {url: 'http://127.0.0.1:8081', state: away}}}"))
                .containsExactly(
                        "limpet.yaml: nodes.n1: 'n1=http://127.0.0.1:8081,state=away' has a state that is none of"
                                + " ready, draining and maintenance; write 'n1=http://127.0.0.1:8081,state=draining'");
    }

    @Test
    void aNodeMayHaveStatesForContextPaths() throws IOException {
        ProxySettings settings = SettingsFile.read(
                file("nodes: {n1: {url: 'http://127.0.0.1:8081', contexts: {/shop: draining, '/a/b': maintenance}}}"),
                new GivenSettings());
        assertThat(settings.nodes().get(0).standing())
                .isEqualTo(new Standing(Order.READY, Map.of("/shop", Order.DRAINING, "/a/b", Order.MAINTENANCE)));
    }

    @Test
    void everyMistakeInAStateForAContextPathIsListed() throws IOException {
        assertThat(mistakes("{nodes: {n1: {url: 'http://127.0.0.1:8081', contexts: {shop: away, /desk: off}}}}"))
                .hasSize(3)
                .anyMatch(mistake -> mistake.contains("has a state for 'shop', which is no context path;"))
                .anyMatch(mistake -> mistake.contains("has a state for 'shop' that is none of ready, draining"))
                .anyMatch(mistake -> mistake.contains("has a state for '/desk' that is none of ready, draining"))
                .allMatch(mistake -> mistake.endsWith("write 'n1=http://127.0.0.1:8081,context=/shop:draining'"));
        assertThat(mistakes("{nodes: ['n1=http://127.0.0.1:8081,context=/a:ready,context=/a:draining']}"))
                .singleElement()
                .asString()
                .contains("has two states for '/a'");
    }

    @Test
    void whatANodeCannotHaveIsRefusedWhereItStands() throws IOException {
        assertThat(mistakes("{nodes: {n1: {url: 'http://127.0.0.1:8081', wait: 3}, n2: {tagging: container}}}"))
                .containsExactly(
                        "limpet.yaml: nodes.n1: 'n1=http://127.0.0.1:8081,wait=3' has an option that there is not;"
                                + " write 'n1=http://127.0.0.1:8081,tagging=container' or"
                                + " 'n1=http://127.0.0.1:8081,weight=2'",
                        "limpet.yaml: nodes.n2: 'n2=,tagging=container' must begin with http:// or https://; write 'n2=http://:8080'");
    }

    @Test
    void theCommandLineWinsSettingBySetting() throws IOException {
        GivenSettings commandLine = new GivenSettings()
                .add(Setting.LISTEN, "127.0.0.1:7000", "--listen")
                .add(Setting.NODES, "n9=http://127.0.0.1:9", "--node");
        ProxySettings settings = SettingsFile.read(
                file("{listen: 'wrong', cookie: SID, nodes: {n1: 'http://127.0.0.1:8081'}}"), commandLine);

        assertThat(settings.listen()).hasToString("127.0.0.1:7000");
        assertThat(settings.nodes()).extracting(Node::toString).containsExactly("n9");
        assertThat(settings.cookie()).isEqualTo("SID");
    }

    @Test
    void unknownKeysAndWrongValuesAreListedTogether() throws IOException {
        assertThat(mistakes("""
                        listn: 127.0.0.1:9000
                        nodes:
                          n1: 127.0.0.1:8081
                        health:
                          intervall: 1s
                          rise: two
                        """))
                .hasSize(4)
                .anySatisfy(mistake -> assertThat(mistake).startsWith("limpet.yaml: listn: there is no such setting"))
                .anySatisfy(mistake -> assertThat(mistake)
                        .startsWith("limpet.yaml: health.intervall: there is no such setting")
                        .contains("health.interval,"))
                .anySatisfy(mistake -> assertThat(mistake).startsWith("limpet.yaml: nodes.n1: 'n1=127.0.0.1:8081'"))
                .anySatisfy(mistake -> assertThat(mistake).startsWith("limpet.yaml: health.rise: 'two'"));
    }

    @Test
    void aValueInTheWrongShapeIsAMistake() throws IOException {
        assertThat(mistakes("{listen: [a, b], health: yes, nodes: {n1: 'http://127.0.0.1:8081'}}"))
                .hasSize(2)
                .anySatisfy(mistake -> assertThat(mistake).startsWith("limpet.yaml: listen: there must be one value"))
                .anySatisfy(mistake -> assertThat(mistake).startsWith("limpet.yaml: health: there is no such setting"));
        assertThat(mistakes("nodes: n1"))
                .anySatisfy(mistake -> assertThat(mistake).contains("'n1' is no list of nodes"));
        assertThat(mistakes("- a\n- b"))
                .anySatisfy(mistake -> assertThat(mistake).contains("list of settings"));
    }

    @Test
    void aFileThatIsNoYamlIsAMistakeWithItsLine() throws IOException {
        assertThat(mistakes("listen: 127.0.0.1:9000\nnodes: ["))
                .first()
                .asString()
                .startsWith("limpet.yaml, line ");
    }

    @Test
    void aKeyThatStandsTwiceIsAMistake() throws IOException {
        assertThat(mistakes("cookie: A\ncookie: B\n")).first().asString().contains("cookie");
    }

    @Test
    void anEmptyFileLeavesEverythingToTheCommandLine() throws IOException {
        GivenSettings commandLine = new GivenSettings().add(Setting.NODES, "n1=http://127.0.0.1:1", "--node");

        assertThat(SettingsFile.read(file(""), commandLine).nodes()).hasSize(1);
    }

    @Test
    void aFileThatIsNotThereIsAMistake() {
        Path missing = directory.resolve("missing.yaml");

        assertThat(mistakes(missing, new GivenSettings())).first().asString().startsWith("--config: there is no file");
    }
}
