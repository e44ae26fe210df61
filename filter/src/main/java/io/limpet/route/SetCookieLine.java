package io.limpet.route;

import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Rewrites the value inside one {@code Set-Cookie} line (RFC 6265 §5.2) and nothing else: name, attributes, spaces and
 * quotation marks keep their bytes.
 */
public final class SetCookieLine {

    private SetCookieLine() {}

    /**
     * The value that a line sets for this cookie (name case-sensitive), without quotation marks.
     *
     * @return empty when the line is of another cookie, or deletes this one by setting it to nothing
     */
    public static Optional<String> value(String line, String name) {
        int start = valueStart(line, name);
        return start < 0 ? Optional.empty() : Optional.of(line.substring(start, valueEnd(line, start)));
    }

    /** The line with its value rewritten; a line of another cookie, or one that sets it to nothing, stays as it is. */
    public static String rewrite(String line, String name, UnaryOperator<String> newValue) {
        int start = valueStart(line, name);
        if (start < 0) {
            return line;
        }
        int end = valueEnd(line, start);
        return line.substring(0, start) + newValue.apply(line.substring(start, end)) + line.substring(end);
    }

    /** The index of the value's first character, or -1. */
    private static int valueStart(String line, String name) {
        int pairEnd = pairEnd(line);
        int equals = line.indexOf('=');
        if (equals < 0
                || equals >= pairEnd
                || !line.substring(0, equals).strip().equals(name)) {
            return -1;
        }
        int start = equals + 1;
        while (start < pairEnd && (line.charAt(start) == ' ' || line.charAt(start) == '\t')) {
            start++;
        }
        if (start < pairEnd && line.charAt(start) == '"') {
            start++;
        }
        return valueEnd(line, start) > start ? start : -1;
    }

    private static int valueEnd(String line, int start) {
        int end = pairEnd(line);
        while (end > start && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\t')) {
            end--;
        }
        return end > start && line.charAt(end - 1) == '"' ? end - 1 : end;
    }

    private static int pairEnd(String line) {
        int semicolon = line.indexOf(';');
        return semicolon < 0 ? line.length() : semicolon;
    }
}
