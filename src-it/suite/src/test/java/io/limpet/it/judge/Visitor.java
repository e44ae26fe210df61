package io.limpet.it.judge;

import static org.awaitility.Awaitility.await;

import io.limpet.it.client.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A client of one application, who keeps cookies by their names, whatever their attributes say, but for deletion, and,
 * where there are none, the session that the last answer put into a URL.
 */
final class Visitor {

    private static final Pattern EVENT = Pattern.compile("^\\[?\"(.*)\"[,\\]]$", Pattern.MULTILINE);

    private static final Pattern IN_URL = Pattern.compile(";jsessionid=([^?#;\\s\"<]+)");

    private static final String POST = "POST ";
    private static final String LATER = "a second later ";
    private static final Duration POLL = Duration.ofMillis(10);

    private final URI origin;
    private final String context;
    private final Carrier carrier;
    private final UnaryOperator<String> sent;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private String pathParameter = "";

    /**
     * @param context the application's path
     * @param carrier how its session is carried
     * @param sent what becomes of a session's value on its way to the node: what the proxy would do, or nothing
     */
    Visitor(URI origin, String context, Carrier carrier, UnaryOperator<String> sent) {
        this.origin = origin;
        this.context = context;
        this.carrier = carrier;
        this.sent = sent;
    }

    /**
     * Asks for a path below the context; {@code name=value path} sends another cookie with this request, {@code POST path}
     * posts what stands behind the path's question mark, {@code a second later path} lets that time pass before.
     */
    Exchanged ask(String asked) {
        if (asked.startsWith(LATER)) {
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
            return ask(asked.substring(LATER.length()));
        }
        if (asked.startsWith(POST)) {
            String[] parts = asked.substring(POST.length()).split("\\?", 2);
            String path = context + parts[0] + pathParameter;
            return exchange(cookies, lines -> RawClient.post(origin, path, parts[1], lines));
        }
        int space = asked.indexOf(' ');
        Map<String, String> pairs = new LinkedHashMap<>(cookies);
        if (space > 0) {
            String[] pair = asked.substring(0, space).split("=", 2);
            pairs.put(pair[0], pair[1]);
        }
        String path = context + withSession(asked.substring(space + 1));
        return exchange(pairs, lines -> RawClient.get(origin, path, lines));
    }

    private String withSession(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path + pathParameter : path.substring(0, query) + pathParameter + path.substring(query);
    }

    /** Asks for a path wherever it leads, with the cookies kept. */
    Exchanged getOutside(String path) {
        return exchange(cookies, lines -> RawClient.get(origin, path, lines));
    }

    /** Sends a request with further header lines. */
    private interface Sent {
        RawClient.RawAnswer with(String... lines) throws IOException;
    }

    private Exchanged exchange(Map<String, String> pairs, Sent request) {
        StringBuilder line = new StringBuilder();
        pairs.forEach((name, value) ->
                line.append(line.isEmpty() ? "" : "; ").append(name).append('=').append(sent.apply(value)));
        try {
            Exchanged answer = Exchanged.of(line.isEmpty() ? request.with() : request.with("Cookie: " + line));
            answer.all("Set-Cookie").forEach(this::keep);
            if (carrier == Carrier.URL) {
                keepPathParameter(String.join("\n", answer.all("Location")) + "\n" + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the application's listeners heard since somebody asked last, when nothing goes on any more. */
    List<String> events() {
        Exchanged told = await("the end of all that goes on")
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(
                        () -> exchange(Map.of(), lines -> RawClient.get(origin, context + "/events", lines)),
                        answer -> answer.statusLine().contains(" 200"));
        return EVENT.matcher(told.body()).results().map(event -> event.group(1)).toList();
    }

    Map<String, String> cookies() {
        return cookies;
    }

    private void keepPathParameter(String text) {
        Matcher found = IN_URL.matcher(text);
        if (found.find()) {
            pathParameter = ";jsessionid=" + sent.apply(found.group(1));
        }
    }

    private void keep(String line) {
        String[] pair = line.split(";", 2)[0].split("=", 2);
        if (line.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }
}
