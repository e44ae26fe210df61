package io.limpet.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsSchemaTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern YAML_BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(SettingsSchema.json());

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(page -> page.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** The YAML of all pages that is the proxy's: it names nodes. */
    static List<String> documented() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = YAML_BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                if (Pattern.compile("(?m)^nodes:").matcher(block.group(1)).find()) {
                    files.add(block.group(1));
                }
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("documented")
    void whatThePagesShowIsValid(String yaml, @TempDir Path directory) throws IOException {
        assertThat(schema.validate(yaml, InputFormat.YAML)).isEmpty();
        Path file = Files.writeString(directory.resolve("limpet.yaml"), yaml);
        assertThat(SettingsSource.of(file, new GivenSettings(), Map.of())
                        .read()
                        .settings()
                        .nodes())
                .isNotEmpty();
    }

    @Test
    void thePublishedSchemaIsWhatTheProxyPrints() throws IOException {
        assertThat(Files.readString(ROOT.resolve("docs/limpet.schema.json")))
                .as("write it again: limpet-proxy --schema > docs/limpet.schema.json")
                .isEqualToIgnoringNewLines(SettingsSchema.json());
    }

    @Test
    void everySettingIsInTheSchema() {
        String text = SettingsSchema.json();
        assertThat(Setting.values())
                .allSatisfy(
                        setting -> assertThat(text).contains(setting.meaning().replace("\"", "\\\"")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lissen: 127.0.0.1:8080",
                "health: {intervall: 1s}",
                "health: {interval: 1}",
                "health: {rise: two}",
                "nodes: {'a b': 'http://127.0.0.1:1'}",
                "nodes: {n1: {weight: 2}}",
                "nodes: {n1: {url: 'http://127.0.0.1:1', wait: 2}}",
                "nodes: {n1: {url: 'http://127.0.0.1:1', contexts: {/shop: away}}}",
                "nodes: {n1: {url: 'http://127.0.0.1:1', contexts: {shop: draining}}}",
                "listen: [a, b]"
            })
    void whatTheReaderRefusesTheSchemaRefusesWhereItCan(String yaml) {
        assertThat(schema.validate(yaml, InputFormat.YAML)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nodes: ['n1=http://127.0.0.1:1']",
                "nodes: {n1: {url: '${URL}', weight: '${WEIGHT:2}', tagging: container, state: maintenance}}",
                "nodes: {n1: {url: 'http://127.0.0.1:1', contexts: {/shop: draining}}}",
                "ignore: /static/*",
                "ignore: [/static/*]",
                "health: {interval: '${INTERVAL}', rise: 2}",
                "limits: {head: 65536}"
            })
    void everyFormThatTheReaderTakesIsInTheSchema(String yaml) {
        assertThat(schema.validate(yaml, InputFormat.YAML)).isEmpty();
    }
}
