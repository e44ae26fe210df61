package io.limpet.proxy.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.limpet.proxy.config.GivenSettings;
import io.limpet.proxy.config.ProxySettings;
import io.limpet.proxy.config.Setting;
import io.limpet.proxy.config.SettingsSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadTest {

    private static final String ONE = "nodes: {n1: 'http://127.0.0.1:1'}\n";
    private static final String TWO = "nodes: {n1: 'http://127.0.0.1:1', n2: 'http://127.0.0.1:2'}\n";

    @TempDir
    private Path directory;

    private final List<ProxySettings> taken = new ArrayList<>();
    private Path file;
    private Reload reload;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(directory.resolve("limpet.yaml"), ONE);
        SettingsSource source = SettingsSource.of(file, new GivenSettings(), Map.of());
        reload = new Reload(source, source.read(), taken::add);
    }

    private Reloaded reload(String text) throws IOException {
        Files.writeString(file, text);
        return reload.run();
    }

    @Test
    void whatHasChangedIsTakenOverAndNamed() throws IOException {
        assertThat(reload(TWO)).isEqualTo(new Reloaded.Applied(List.of(Setting.NODES), List.of()));
        assertThat(taken)
                .singleElement()
                .satisfies(settings -> assertThat(settings.nodes()).hasSize(2));
    }

    @Test
    void settingsThatSayTheSameInOtherWordsAreNoChange() throws IOException {
        assertThat(reload("# a comment\nnodes:\n  n1: http://127.0.0.1:1\n")).isEqualTo(new Reloaded.Unchanged());
        assertThat(taken).isEmpty();
    }

    @Test
    void wrongSettingsAreRefusedWithEveryMistakeAndTheOldOnesHold() throws IOException {
        Reloaded refused = reload(TWO + "cookie: 'a b'\nhealth: {rise: 0}\nlisten: 8080\n");

        assertThat(refused)
                .isInstanceOfSatisfying(
                        Reloaded.Refused.class,
                        it -> assertThat(it.mistakes())
                                .hasSize(3)
                                .anySatisfy(mistake -> assertThat(mistake).contains("cookie: 'a b'"))
                                .anySatisfy(mistake -> assertThat(mistake).contains("health.rise: '0'"))
                                .anySatisfy(mistake -> assertThat(mistake).contains("listen: '8080'")));
        assertThat(taken).isEmpty();
        assertThat(reload(ONE)).isEqualTo(new Reloaded.Unchanged());
    }

    @Test
    void whatNeedsARestartKeepsItsValueAndTheRestChanges() throws IOException {
        Reloaded applied = reload(TWO + "listen: 127.0.0.1:9999\n");

        assertThat(applied).isEqualTo(new Reloaded.Applied(List.of(Setting.NODES), List.of(Setting.LISTEN)));
        assertThat(applied.describe()).isEqualTo("new settings hold: nodes; only a restart changes listen");
        assertThat(taken)
                .singleElement()
                .satisfies(settings -> assertThat(settings.listen().port()).isEqualTo(8080));
    }

    @Test
    void aFileThatIsGoneIsAMistakeAndNoEmptyConfiguration() throws IOException {
        Files.delete(file);

        assertThat(reload.run()).isInstanceOf(Reloaded.Refused.class);
        assertThat(taken).isEmpty();
    }

    @Test
    void aWatchTellsOfAChangeOnceAndNotBeforeItRests() throws IOException {
        List<String> told = new ArrayList<>();
        FileWatch watch = new FileWatch(file);
        watch.look(() -> told.add("changed"));
        Files.writeString(file, "nodes: {n1: 'http://127.0.0.1:1', n2:");
        watch.look(() -> told.add("changed"));
        Files.writeString(file, TWO);
        watch.look(() -> told.add("changed"));
        assertThat(told).isEmpty();

        watch.look(() -> told.add("changed"));
        watch.look(() -> told.add("changed"));
        assertThat(told).hasSize(1);
    }

    @Test
    void aWatchWaitsForAFileThatIsAway() throws IOException {
        List<String> told = new ArrayList<>();
        FileWatch watch = new FileWatch(file);
        Files.delete(file);
        watch.look(() -> told.add("changed"));
        watch.look(() -> told.add("changed"));
        assertThat(told).isEmpty();

        Files.writeString(file, TWO);
        watch.look(() -> told.add("changed"));
        watch.look(() -> told.add("changed"));
        assertThat(told).hasSize(1);
    }

    @Test
    void aWatchTellsOfAChangeBetweenItsFirstLookAndItsStartOnAThreadOfItsOwn() throws IOException {
        List<String> told = new CopyOnWriteArrayList<>();
        FileWatch watch = new FileWatch(file);
        Files.writeString(file, TWO);
        watch.start(Duration.ofMillis(20), () -> told.add(Thread.currentThread().getName()));
        try {
            await().until(() -> !told.isEmpty());
            assertThat(told).containsExactly("limpet-settings");
        } finally {
            watch.stop();
        }
    }
}
