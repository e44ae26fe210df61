package io.limpet.proxy.config;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables of the environment into values: <code>${NAME}</code>, or <code>${NAME:what counts without it}</code>.
 * <code>$${</code> is <code>${</code> and no variable.
 */
final class Variables {

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::([^}]*))?})?");

    private final Map<String, String> environment;
    private final Mistakes mistakes;

    Variables(Map<String, String> environment, Mistakes mistakes) {
        this.environment = environment;
        this.mistakes = mistakes;
    }

    /** The text with its variables' values; a variable that there is not is a mistake. */
    String expand(String text, String where) {
        return REFERENCE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, text, where)));
    }

    private String value(MatchResult found, String text, String where) {
        if (found.group().equals("$${")) {
            return "${";
        }
        String name = found.group(1);
        if (name == null) {
            mistakes.add(new Given(text, where), "names no variable", "${NAME}', '${NAME:default}' or '$${");
            return "";
        }
        String value = environment.getOrDefault(name, found.group(2));
        if (value == null) {
            mistakes.add(where + ": there is no environment variable '" + name + "'; set it, or write '${" + name
                    + ":default}'");
            return "";
        }
        return value;
    }
}
