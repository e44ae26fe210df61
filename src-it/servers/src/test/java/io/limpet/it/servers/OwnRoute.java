package io.limpet.it.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.limpet.it.client.Answer;
import io.limpet.it.client.SessionCookie;
import java.util.regex.Pattern;

/**
 * The server writes a route of its own into the cookie, as it does behind a load balancer of its own project: on n1 the
 * same name as Limpet's, on n2 another one.
 */
final class OwnRoute {

    /** What stands in the cookie before Limpet's route. */
    static final Pattern SESSION_VALUE = Pattern.compile("[A-Za-z0-9_-]+[.:](n1|hulln2)");

    private static final int VISITORS = 20;

    private OwnRoute() {}

    /** The server's route stays where it was, Limpet's comes behind it, and all that holds without it holds. */
    static void staysBeforeTheNodesName(Subject subject) {
        for (int i = 0; i < VISITORS; i++) {
            Answer answer = subject.cluster().browser().get("/api/cart");
            assertThat(answer.setCookies()).hasSize(1);
            SessionCookie cookie = answer.sessionCookies().get(0);
            String node = answer.cart().node();
            assertThat(cookie.route()).isEqualTo(node);
            assertThat(cookie.untagged()).matches(SESSION_VALUE).endsWith(Variant.ownRouteOf(node));
        }
        Affinity.everySessionStaysOnItsNode(subject);
        Affinity.loggingInChangesTheIdOnce(subject);
        Takeover.theFirstRequestAfterAKillFindsTheCart(subject);
    }

    /** With {@code tagging: container} the proxy needs nothing of Limpet on the nodes. */
    static void isEnoughWithoutLimpet(Subject subject) {
        subject.routed().assertSticky();
    }
}
