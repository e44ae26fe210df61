package io.limpet.it.servers;

import io.limpet.it.client.SessionCookie;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was found on one server.
 *
 * @param cells one text for each check, then one on the logs; shorter when the server did not start
 * @param broken every promise that was not kept, with the reason
 */
record Row(Recipe recipe, List<String> cells, List<String> broken) {

    private static final String NO = "**no**";
    private static final String ELSE = ": the start, the logs or the end";

    /** Tries everything; one promise that is not kept keeps no other from being tried. */
    static Row of(Recipe recipe) {
        Row row = new Row(recipe, new ArrayList<>(), new ArrayList<>());
        try {
            SessionCookie bare = Subject.bareCookieOf(recipe);
            for (Variant variant : Variant.values()) {
                row.add(variant, bare);
            }
            row.cells.add(row.broken.stream().anyMatch(it -> it.contains(ELSE)) ? NO : "clean");
        } catch (Exception | AssertionError e) {
            row.breaks("without Limpet", Variant.SHOP, e);
        }
        return row;
    }

    private void add(Variant variant, SessionCookie bare) {
        int before = cells.size();
        if (recipe.runs(variant)) {
            try (Subject subject = Subject.start(new ReleasedServer(recipe, variant), bare)) {
                variant.checks().forEach(check -> add(check, subject));
            } catch (Exception | AssertionError e) {
                breaks(variant + ELSE, variant, e);
            }
        }
        while (cells.size() < before + variant.checks().size()) {
            cells.add(recipe.runs(variant) ? NO : "–");
        }
    }

    private void add(Check check, Subject subject) {
        try {
            cells.add(check.act().on(subject));
        } catch (Exception | AssertionError e) {
            cells.add(NO);
            breaks(check.column(), check.on(), e);
        }
    }

    private void breaks(String what, Variant variant, Throwable why) {
        NodeLogs logs = new NodeLogs(new ReleasedServer(recipe, variant));
        String said = recipe.explained().values().stream()
                .flatMap(Set::stream)
                .distinct()
                .filter(logs::say)
                .map(Row::said)
                .collect(Collectors.joining());
        broken.add(recipe.name() + ", " + what + ": " + why.getMessage() + said);
    }

    private static String said(String reason) {
        return "; a log says " + reason;
    }

    /** The promises that were not kept, but for those of which the page says why this server cannot keep them. */
    List<String> unexplained() {
        return broken.stream()
                .filter(it -> recipe.explained().entrySet().stream().noneMatch(what -> explains(what, it)))
                .toList();
    }

    private boolean explains(Map.Entry<String, Set<String>> what, String broke) {
        return broke.startsWith(recipe.name() + ", " + what.getKey() + ":")
                && what.getValue().stream().map(Row::said).anyMatch(broke::contains);
    }

    /** The row in Markdown; cells that were not reached say so. */
    String markdown() {
        StringBuilder line = new StringBuilder("| " + recipe.title() + " | " + Release.version(recipe.name()) + " |");
        for (int i = 0; i <= Check.ALL.size(); i++) {
            line.append(' ').append(i < cells.size() ? cells.get(i) : NO).append(" |");
        }
        return line.toString();
    }
}
