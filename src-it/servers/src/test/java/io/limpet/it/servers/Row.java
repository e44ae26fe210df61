package io.limpet.it.servers;

import java.util.ArrayList;
import java.util.List;

/**
 * What was found on one server.
 *
 * @param cells one text for each check, then one on the logs; shorter when the server did not start
 * @param broken every promise that was not kept, with the reason
 */
record Row(Recipe recipe, List<String> cells, List<String> broken) {

    private static final String NO = "**no**";

    /** Tries everything; one promise that is not kept keeps no other from being tried. */
    static Row of(Recipe recipe) {
        Row row = new Row(recipe, new ArrayList<>(), new ArrayList<>());
        try (Subject subject = Subject.start(new ReleasedServer(recipe))) {
            for (Check check : Check.ALL) {
                row.add(check, subject);
            }
        } catch (Exception | AssertionError e) {
            row.breaks("the start, the logs or the end", e);
            return row;
        }
        row.cells.add("clean");
        return row;
    }

    private void add(Check check, Subject subject) {
        try {
            cells.add(check.act().on(subject));
        } catch (Exception | AssertionError e) {
            cells.add(NO);
            breaks(check.column(), e);
        }
    }

    private void breaks(String what, Throwable why) {
        broken.add(recipe.name() + ", " + what + ": " + why.getMessage());
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
