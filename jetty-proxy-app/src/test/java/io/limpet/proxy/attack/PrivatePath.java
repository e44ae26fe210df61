package io.limpet.proxy.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Every way in which some server may read a path: decoded or not, once or twice, with its parameters or without, with
 * backslashes as slashes, with slashes merged, with dots resolved before or after each of these.
 */
final class PrivatePath {

    private static final int READINGS = 400;

    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern DOTS = Pattern.compile("/(?!\\.\\.(?:/|$))[^/]*/\\.\\.(?=/|$)");
    private static final Pattern PRIVATE = Pattern.compile(".*/limpet/(?:status|drain)(?:/.*)?", Pattern.DOTALL);

    private static final List<UnaryOperator<String>> STEPS = List.of(
            PrivatePath::decoded,
            path -> path.replaceAll(";[^/]*", ""),
            path -> path.replace('\\', '/'),
            path -> path.replaceAll("/{2,}", "/"),
            path -> path.replaceAll("/\\.(?=/|$)", ""),
            path -> DOTS.matcher(path).replaceFirst(""),
            path -> path.replaceAll("^/\\.\\.(?=/|$)", ""),
            path -> path.replaceAll("(?s)[\0#].*", ""),
            path -> path.replaceAll("[\\s.]+$", ""));

    private PrivatePath() {}

    /** The reading of this target that is a private path. */
    static Optional<String> in(String target) {
        String path = target.replaceFirst("^[A-Za-z]+://[^/]*", "").replaceFirst("[?].*", "");
        Set<String> readings = new LinkedHashSet<>(Set.of(path));
        Deque<String> open = new ArrayDeque<>(readings);
        while (!open.isEmpty() && readings.size() < READINGS) {
            String reading = open.remove();
            if (PRIVATE.matcher(reading).matches()) {
                return Optional.of(reading);
            }
            for (UnaryOperator<String> step : STEPS) {
                String next = step.apply(reading);
                if (readings.add(next)) {
                    open.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private static String decoded(String path) {
        Matcher encoded = ENCODED.matcher(path);
        StringBuilder bytes = new StringBuilder();
        while (encoded.find()) {
            String octet = String.valueOf((char) Integer.parseInt(encoded.group(1), 16));
            encoded.appendReplacement(bytes, Matcher.quoteReplacement(octet));
        }
        encoded.appendTail(bytes);
        return new String(bytes.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
