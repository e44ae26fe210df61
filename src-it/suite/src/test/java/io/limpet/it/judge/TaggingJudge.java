package io.limpet.it.judge;

import java.net.URI;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;

/**
 * {@link TaggingIT}'s conversations for any server that has the probe at its root context; but for those that need
 * somebody who may log in.
 *
 * @param bare where the probe is without Limpet
 * @param sessionValue what the server writes into the session cookie by itself
 */
public record TaggingJudge(URI bare, Pattern sessionValue) {

    /**
     * Fails unless all that the server writes into cookies comes as it is, with one route behind each session.
     *
     * @param proxy in front of nodes n1 and n2 with the filter
     */
    public void assertTaggedOnce(URI proxy) {
        SessionCookies cookies = new SessionCookies(sessionValue, Carrier.COOKIE);
        SoftAssertions softly = new SoftAssertions();
        for (Conversation conversation : Carrier.COOKIE.conversationsWithoutLogin()) {
            if (!conversation.equals(Conversation.CUT_OFF)) { // for which the proxy has an answer of its own
                cookies.compare(
                        conversation.name(),
                        cookies.heard(conversation, visitor(bare)),
                        cookies.heard(conversation, visitor(proxy)),
                        softly);
            }
        }
        softly.assertAll();
    }

    private static Visitor visitor(URI origin) {
        return new Visitor(origin, "", Carrier.COOKIE, UnaryOperator.identity());
    }
}
