package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.Browser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The state of a page of Jakarta Faces, saved by the server in the session, with a bean in its view scope. */
final class FacesView {

    private static final Pattern STATE = Pattern.compile("name=\"jakarta\\.faces\\.ViewState\"[^>]*value=\"([^\"]*)\"");
    private static final Pattern ENTRIES = Pattern.compile("id=\"entries\">(\\d+)<");

    private FacesView() {}

    /** A form that was opened on a node that is gone is posted to another one and finds its view. */
    static void outlivesItsNode(Subject subject) {
        subject.cluster().repair();
        Browser browser = subject.visitorOf("n1");
        Answer opened = browser.get("/diary.xhtml");
        assertThat(entries(opened)).isZero();
        Answer written = press(browser, opened);
        assertThat(entries(written)).isEqualTo(1);
        Answer again = press(browser, written);
        assertThat(entries(again)).isEqualTo(2);

        subject.cluster().kill("n1");

        Answer first = press(browser, again);
        assertThat(first.sessionCookies()).hasSize(1);
        if (first.status() == 307) {
            // OpenWebBeans looks at a session only when a request arrives
            first = press(browser, again);
        }
        assertThat(entries(first)).isEqualTo(3);
        Answer second = press(browser, first);
        assertThat(second.sessionCookies()).isEmpty();
        assertThat(entries(second)).isEqualTo(4);
    }

    private static Answer press(Browser browser, Answer page) {
        return browser.post("/diary.xhtml?diary=diary&diary_SUBMIT=1&write=Write&jakarta.faces.ViewState="
                + URLEncoder.encode(found(STATE, page), StandardCharsets.UTF_8));
    }

    private static int entries(Answer page) {
        return Integer.parseInt(found(ENTRIES, page));
    }

    private static String found(Pattern pattern, Answer page) {
        Matcher matcher = pattern.matcher(page.body());
        assertThat(matcher.find())
                .as("%s in the answer %d: %s", pattern, page.status(), page.body())
                .isTrue();
        return matcher.group(1);
    }
}
