package io.limpet.it.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation as it can be compared with the same one at another application: ids become numbers in the order of
 * their appearance, the one route segment of Limpet goes, and so do the context path and the date.
 */
final class Transcript {

    private static final Pattern ID = Pattern.compile("id\\(([^)]*)\\)");
    private static final Pattern IN_URL = Pattern.compile("(?i)(;[a-z_-]*(?:session|sid)[a-z]*=)([^?#;\\s\"<]+)");
    private static final Pattern EXPIRES = Pattern.compile("Expires=[^;]+");

    /** Where an error page shows an exception, the filter's frames are among the others. */
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at )?[\\w.$/@]+\\(.*\\)\\s*$");

    private static final Pattern COOKIE = Pattern.compile("^(Set-Cookie: [^=]*(?:SESSION|SID)[^=]*=)([^;]+)");

    private static final Pattern FRAMING = Pattern.compile("^(Content-Length|Transfer-Encoding):");

    /** Whether it counts how the end of a body is told. */
    enum Framing {
        COMPARED,
        LEFT_OUT
    }

    private final String context;
    private final String route;
    private final Map<String, String> numbers = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    Transcript(String context, String route) {
        this.context = context;
        this.route = "." + route;
    }

    void add(String request, Exchanged answer, Framing framing) {
        List<String> body = Arrays.stream(answer.body().split("\n"))
                .filter(line -> !STACK_FRAME.matcher(line).find())
                .map(this::comparable)
                .map(Transcript::abbreviated)
                .toList(); // before the headers: it is the application that shows the ids
        lines.add("> " + request);
        lines.add("< " + comparable(answer.statusLine()));
        for (String header : answer.headers()) {
            boolean compared =
                    framing == Framing.COMPARED || !FRAMING.matcher(header).find();
            if (compared && !header.startsWith("Date:")) {
                lines.add("<   " + comparable(header, answer.body().length()));
            }
        }
        body.forEach(line -> lines.add("<     " + line));
    }

    /** What the listeners heard of it. */
    void addEvents(List<String> events) {
        events.forEach(event -> lines.add("* " + comparable(event)));
    }

    private static String abbreviated(String line) {
        return line.matches("x{20,}") ? "x * " + line.length() : line;
    }

    /** The length is right or it is not; ids in a body make it differ. */
    private String comparable(String header, int bodyLength) {
        if (header.equals("Content-Length: " + bodyLength)) {
            return "Content-Length: as it is";
        }
        return comparable(header);
    }

    private String comparable(String line) {
        String result = replace(COOKIE, line, it -> it.group(1) + value(withoutRoute(it.group(2))));
        result = replace(IN_URL, result, it -> it.group(1) + value(withoutRoute(it.group(2))));
        result = replace(ID, result, it -> "id(" + value(it.group(1)) + ")");
        return withoutContext(EXPIRES.matcher(result).replaceAll("Expires=then"))
                .replaceAll("127\\.0\\.0\\.1:\\d+", "node");
    }

    /** The root context's is no part of a path. */
    private String withoutContext(String line) {
        return context.isEmpty()
                ? line
                : line.replace(context + "/", "/ctx/").replaceAll(Pattern.quote(context) + "\\b", "/ctx");
    }

    /** Exactly one: a second would be seen. */
    private String withoutRoute(String value) {
        return value.endsWith(route) ? value.substring(0, value.length() - route.length()) : value;
    }

    /** The id becomes a number, what the container puts behind it stays. */
    private String value(String value) {
        if (value.equals("null") || value.equals("NOPE")) {
            return value;
        }
        int dot = value.indexOf('.');
        String id = dot < 0 ? value : value.substring(0, dot);
        String number = numbers.computeIfAbsent(id, unknown -> "#" + (numbers.size() + 1));
        return dot < 0 ? number : number + value.substring(dot);
    }

    private static String replace(Pattern pattern, String text, Function<MatchResult, String> replacement) {
        return pattern.matcher(text).replaceAll(it -> Matcher.quoteReplacement(replacement.apply(it)));
    }

    List<String> lines() {
        return Collections.unmodifiableList(lines);
    }
}
