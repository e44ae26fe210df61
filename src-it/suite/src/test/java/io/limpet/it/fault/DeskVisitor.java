package io.limpet.it.fault;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;

/** Who adds one number after another to a list in a session of the probe, by turns with GET and POST. For one thread. */
final class DeskVisitor {

    private final Browser browser;
    private final String page;
    private final Queue<String> failures;
    private int added;

    private DeskVisitor(Browser browser, String page, Queue<String> failures) {
        this.browser = browser;
        this.page = page;
        this.failures = failures;
    }

    /** Whose session has begun; what goes wrong from now on is a failure. */
    static DeskVisitor of(URI origin, String context, Queue<String> failures) {
        Browser browser = new Browser(origin);
        Answer answer = browser.get(context + "/do?create,set-list:all");
        if (answer.status() != 200) {
            throw new AssertionError("no session began: " + answer);
        }
        return new DeskVisitor(browser, context + "/do?", failures);
    }

    String node() {
        return browser.route().orElseThrow();
    }

    /** Every number that was added before has to be there, once. */
    void add() {
        added++;
        String path = page + "add:all=" + added + ",state";
        try {
            Answer answer = added % 2 == 0 ? browser.get(path) : browser.post(path);
            List<Integer> expected = IntStream.rangeClosed(1, added).boxed().toList();
            if (answer.status() != 200 || !answer.body().contains("all=" + expected)) {
                failures.add(browser.session() + " after " + added + " answers: " + answer);
            }
        } catch (UncheckedIOException e) {
            failures.add(browser.session() + ": " + e);
        }
    }
}
