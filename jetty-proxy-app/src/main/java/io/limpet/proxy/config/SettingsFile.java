package io.limpet.proxy.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads settings from a YAML file. */
public final class SettingsFile {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String name;
    private final Variables variables;
    private final Mistakes mistakes;
    private final GivenSettings given = new GivenSettings();

    private SettingsFile(String name, Variables variables, Mistakes mistakes) {
        this.name = name;
        this.variables = variables;
        this.mistakes = mistakes;
    }

    /**
     * Reads the file, and the settings that override it.
     *
     * @throws WrongSettingsException when anything in either is wrong, or the file cannot be read
     */
    public static ProxySettings read(Path file, GivenSettings overriding) {
        return SettingsSource.of(file, overriding, System.getenv()).read().settings();
    }

    /** What stands in the file; what is wrong in it is noted. */
    static GivenSettings given(Path file, Map<String, String> environment, Mistakes mistakes) {
        SettingsFile settings =
                new SettingsFile(String.valueOf(file.getFileName()), new Variables(environment, mistakes), mistakes);
        settings.readText(file);
        return settings.given;
    }

    private void readText(Path file) {
        try {
            readTree(YAML.readTree(Files.readString(file)));
        } catch (JacksonException e) {
            mistakes.add(name + place(e.getLocation()) + ": this is no YAML: " + e.getOriginalMessage());
        } catch (NoSuchFileException e) {
            mistakes.add("--config: there is no file '" + file + "'");
        } catch (CharacterCodingException e) {
            mistakes.add("--config: '" + file + "' is not in UTF-8");
        } catch (IOException e) {
            mistakes.add("--config: '" + file + "' cannot be read: " + e.getMessage());
        }
    }

    private static String place(JsonLocation location) {
        return Optional.ofNullable(location).map(l -> ", line " + l.getLineNr()).orElse("");
    }

    private void readTree(JsonNode tree) {
        if (tree.isObject()) {
            readGroup("", tree);
        } else if (!tree.isMissingNode() && !tree.isNull()) {
            mistakes.add(name + ": the file must be a list of settings like 'listen: 127.0.0.1:8080'");
        }
    }

    private void readGroup(String prefix, JsonNode group) {
        for (Map.Entry<String, JsonNode> entry : group.properties()) {
            readEntry(prefix + entry.getKey(), entry.getValue());
        }
    }

    private void readEntry(String key, JsonNode value) {
        Optional<Setting> setting = Setting.ofKey(key);
        if (setting.isPresent()) {
            readValue(setting.get(), value);
            return;
        }
        boolean group =
                Arrays.stream(Setting.values()).anyMatch(known -> known.key().startsWith(key + "."));
        if (group && value.isObject()) {
            readGroup(key + ".", value);
            return;
        }
        mistakes.add(where(key) + ": there is no such setting; there are " + known(key));
    }

    private void readValue(Setting setting, JsonNode value) {
        if (setting == Setting.NODES) {
            readNodes(value);
            return;
        }
        if (value.isValueNode() && !value.isNull()) {
            add(setting, text(setting, value), where(setting.key()));
            return;
        }
        if (value.isArray() && setting.isList()) {
            value.forEach(one -> add(setting, one.asText(), where(setting.key())));
            return;
        }
        mistakes.add(where(setting.key()) + ": there must be one value; write '" + setting.key() + ": "
                + setting.fallback() + "'");
    }

    /** To YAML 1.1 {@code off} is the same as {@code false}. */
    private static String text(Setting setting, JsonNode value) {
        boolean off =
                value.isBoolean() && !value.asBoolean() && !setting.label().equals("true|false");
        return off ? "off" : value.asText();
    }

    /** A map of names to URLs or nodes, or a list in the form of the command line. */
    private void readNodes(JsonNode nodes) {
        if (nodes.isArray()) {
            nodes.forEach(node -> add(Setting.NODES, node.asText(node.toString()), where("nodes")));
            return;
        }
        if (nodes.isObject()) {
            nodes.properties().forEach(node -> readNode(node.getKey(), node.getValue()));
            return;
        }
        mistakes.add(where("nodes") + ": '" + nodes.asText()
                + "' is no list of nodes; write 'n1: http://127.0.0.1:8081'," + " one in a line, indented");
    }

    /** The URL, or the URL and who tags. */
    private void readNode(String name, JsonNode node) {
        String where = where("nodes." + name);
        if (!node.isObject()) {
            add(Setting.NODES, name + "=" + node.asText(), where);
            return;
        }
        StringBuilder text =
                new StringBuilder(name).append('=').append(node.path("url").asText());
        node.properties().stream()
                .filter(option -> !option.getKey().equals("url"))
                .forEach(option -> addOption(text, option.getKey(), option.getValue()));
        add(Setting.NODES, text.toString(), where);
    }

    /** Of {@code contexts}, a map of context paths to states, each is an option. */
    private static void addOption(StringBuilder text, String key, JsonNode value) {
        if (key.equals("contexts") && value.isObject()) {
            value.properties()
                    .forEach(context -> text.append(",context=")
                            .append(context.getKey())
                            .append(':')
                            .append(context.getValue().asText()));
            return;
        }
        text.append(',').append(key).append('=').append(value.asText());
    }

    private void add(Setting setting, String text, String where) {
        given.add(setting, variables.expand(text, where), where);
    }

    private String where(String key) {
        return name + ": " + key;
    }

    private static String known(String key) {
        int dot = key.indexOf('.');
        String group = dot < 0 ? "" : key.substring(0, dot + 1);
        return Arrays.stream(Setting.values())
                .map(Setting::key)
                .filter(known -> known.startsWith(group))
                .collect(Collectors.joining(", "));
    }
}
