package io.limpet.it.judge;

import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/**
 * The {@code Set-Cookie} lines of one conversation as they can be compared, and where the session is in the URLs, these.
 *
 * @param value what the container writes of a session by itself
 * @param carrier how it is carried
 */
record SessionCookies(Pattern value, Carrier carrier) {

    static final Pattern ROUTE = Pattern.compile("\\.(n[12])(?=[;?,\\]\\s]|$)");

    /** What stands for a session that the container has written. */
    static final String SESSION = "<session>";

    private static final Pattern EXPIRES = Pattern.compile("Expires=[^;]+");
    private static final String IN_URL = ";jsessionid=";

    /** What is written of sessions in this conversation, in each answer. */
    List<List<String>> heard(Conversation conversation, Visitor visitor) {
        return conversation.requests().stream()
                .map(request -> in(visitor.ask(request)))
                .toList();
    }

    /** Fails unless behind each session that the container writes bare stands one route, always the same. */
    void compare(String what, List<List<String>> bare, List<List<String>> tagged, SoftAssertions softly) {
        List<List<String>> expected = bare(bare);
        softly.assertThat(withoutRoutes(tagged)).as(what).isEqualTo(expected);
        softly.assertThat(routes(tagged))
                .as("the nodes of %s", what)
                .hasSize(expected.toString().contains(SESSION) ? 1 : 0);
    }

    /** All that one answer writes of sessions. */
    List<String> in(Exchanged answer) {
        List<String> written = new ArrayList<>(answer.all("Set-Cookie"));
        if (carrier == Carrier.URL) {
            answer.all("Location").forEach(location -> written.add("Location: " + location));
            answer.body()
                    .lines()
                    .filter(line -> line.startsWith("url ") || line.contains(IN_URL))
                    .forEach(written::add);
        }
        return written;
    }

    List<List<String>> bare(List<List<String>> answers) {
        return comparable(answers, "");
    }

    /** One route behind the container's value, no more and no less, is what is taken away. */
    List<List<String>> withoutRoutes(List<List<String>> answers) {
        return comparable(answers, "\\.n[12]");
    }

    private List<List<String>> comparable(List<List<String>> answers, String route) {
        Pattern inCookie = Pattern.compile("^(" + Pattern.quote(carrier.cookie()) + "=)" + value + route + "(?=;|$)");
        Pattern inUrl = Pattern.compile("(" + IN_URL + ")" + value + route + "(?=[;?#\\s]|$)");
        String path = carrier.context(Limpet.NONE).replaceAll("\\d", "");
        return answers.stream()
                .map(lines -> lines.stream()
                        .map(line -> isSession(line)
                                ? EXPIRES.matcher(inCookie.matcher(line).replaceFirst("$1" + SESSION))
                                        .replaceFirst("Expires=<then>")
                                        .replaceAll("Path=" + path + "\\d", "Path=/ctx")
                                : line)
                        .map(line -> carrier == Carrier.URL
                                ? inUrl.matcher(line)
                                        .replaceAll("$1" + SESSION)
                                        .replaceAll("http://127\\.0\\.0\\.1:\\d+", "http://here")
                                        .replaceAll(path + "\\d(?=[/;?]|$)", "/ctx")
                                : line)
                        .toList())
                .toList();
    }

    /** The nodes that are named behind a session. */
    Set<String> routes(List<List<String>> answers) {
        Set<String> routes = new LinkedHashSet<>();
        for (String line : answers.stream().flatMap(List::stream).toList()) {
            if (isSession(line) || line.contains(IN_URL)) {
                Matcher route = ROUTE.matcher(line);
                while (route.find()) {
                    routes.add(route.group(1));
                }
            }
        }
        return routes;
    }

    private boolean isSession(String line) {
        return line.startsWith(carrier.cookie() + "=");
    }
}
