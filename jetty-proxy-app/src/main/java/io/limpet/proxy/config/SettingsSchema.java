package io.limpet.proxy.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.limpet.proxy.node.Order;
import java.util.Arrays;
import java.util.List;

/**
 * The file of settings as a JSON schema (draft 2020-12), for editors that help to write it. It is made from {@link Setting},
 * so it knows every setting there is; a value that a variable stands for is taken on trust.
 */
public final class SettingsSchema {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VARIABLE = "|.*\\$\\{.*";

    private SettingsSchema() {}

    /** The schema, indented. */
    public static String json() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Settings of limpet-proxy");
        ObjectNode properties = open(schema);
        for (Setting setting : Setting.values()) {
            ObjectNode group = properties;
            String[] path = setting.key().split("\\.", -1);
            for (int i = 0; i < path.length - 1; i++) {
                group = group.path(path[i]).isObject()
                        ? (ObjectNode) group.get(path[i]).get("properties")
                        : open(group.putObject(path[i]));
            }
            describe(setting, group.putObject(path[path.length - 1]));
        }
        return schema.toPrettyString();
    }

    /** An object with nothing in it but what is said now. */
    private static ObjectNode open(ObjectNode node) {
        node.put("type", "object");
        node.put("additionalProperties", false);
        return node.putObject("properties");
    }

    private static void describe(Setting setting, ObjectNode node) {
        node.put("description", setting.meaning());
        if (!setting.fallback().isEmpty()) {
            node.put("default", setting.fallback());
        }
        if (setting == Setting.NODES) {
            describeNodes(node);
            return;
        }
        switch (setting.label()) {
            case "TIME" -> text(node, "([0-9]{1,9}(ms|s|m)" + VARIABLE + ")");
            case "SIZE" -> textOr(node, "integer", "([0-9]{1,12}[kmg]?" + VARIABLE + ")");
            case "N", "BYTES" -> textOr(node, "integer", "([0-9]+" + VARIABLE + ")");
            case "true|false" -> textOr(node, "boolean", "(true|false" + VARIABLE + ")");
            default -> scalar(setting, node);
        }
    }

    private static void scalar(Setting setting, ObjectNode node) {
        List<String> types = setting.isList()
                ? List.of("string", "number", "boolean", "array")
                : List.of("string", "number", "boolean");
        types.forEach(node.withArray("type")::add);
    }

    private static void text(ObjectNode node, String pattern) {
        node.put("type", "string");
        node.put("pattern", "^" + pattern + "$");
    }

    private static void textOr(ObjectNode node, String type, String pattern) {
        var choices = node.putArray("anyOf");
        choices.addObject().put("type", type);
        text(choices.addObject(), pattern);
    }

    /** A map of names to URLs or nodes, or a list in the form of the command line. */
    private static void describeNodes(ObjectNode node) {
        var forms = node.putArray("anyOf");
        ObjectNode list = forms.addObject();
        list.put("type", "array");
        list.putObject("items").put("type", "string");
        ObjectNode map = forms.addObject();
        map.put("type", "object");
        map.putObject("propertyNames").put("pattern", "^[A-Za-z0-9_-]{1,32}$");
        var values = map.putObject("additionalProperties").putArray("anyOf");
        values.addObject().put("type", "string");
        ObjectNode one = values.addObject();
        ObjectNode options = open(one);
        options.putObject("url").put("type", "string");
        options.putObject("tagging").putArray("enum").add("limpet").add("container");
        var states = options.putObject("state").putArray("enum");
        Arrays.stream(Order.values()).map(Order::toString).forEach(states::add);
        ObjectNode contexts = options.putObject("contexts");
        contexts.put("type", "object");
        contexts.putObject("propertyNames").put("pattern", "^(/[^/,]+)+$");
        contexts.putObject("additionalProperties").set("enum", states.deepCopy());
        textOr(options.putObject("weight"), "integer", "(100|[1-9][0-9]?" + VARIABLE + ")");
        one.putArray("required").add("url");
    }
}
