package io.limpet.it.judge;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Set-Cookie} lines of one conversation, as they can be compared. */
record SessionCookies(Container container, Carrier carrier) {

    static final Pattern ROUTE = Pattern.compile("\\.(n[12])(?=[;?,\\]\\s]|$)");
    private static final Pattern EXPIRES = Pattern.compile("Expires=[^;]+");

    List<List<String>> bare(List<List<String>> answers) {
        return comparable(answers, "");
    }

    /** One route behind the container's value, no more and no less, is what is taken away. */
    List<List<String>> withoutRoutes(List<List<String>> answers) {
        return comparable(answers, "\\.n[12]");
    }

    private List<List<String>> comparable(List<List<String>> answers, String route) {
        Pattern session = Pattern.compile(
                "^(" + Pattern.quote(carrier.cookie()) + "=)" + container.sessionValue() + route + "(?=;|$)");
        String number = carrier.context(Limpet.NONE).replaceAll("\\d", "");
        return answers.stream()
                .map(lines -> lines.stream()
                        .map(line -> session.matcher(line).replaceFirst("$1<session>"))
                        .map(line -> EXPIRES.matcher(line).replaceFirst("Expires=<then>"))
                        .map(line -> line.replaceAll("Path=" + number + "\\d", "Path=/ctx"))
                        .toList())
                .toList();
    }

    Set<String> routes(List<List<String>> answers) {
        Set<String> routes = new LinkedHashSet<>();
        for (String line : answers.stream().flatMap(List::stream).toList()) {
            Matcher route = ROUTE.matcher(line);
            if (line.startsWith(carrier.cookie() + "=") && route.find()) {
                routes.add(route.group(1));
            }
        }
        return routes;
    }
}
