package io.limpet.it.judge;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.SoftAssertions;

/**
 * {@link SameAsBareIT}'s conversations for any server that has the probe at its root context; but for those that need
 * somebody who may log in.
 *
 * @param server its name for a reader
 * @param quirks its own
 */
public record SameAsBareJudge(String server, Quirks quirks) {

    /**
     * Fails unless both behave alike but for the route: in status, header fields, bodies, listeners' events and session
     * state. It asks both at once, as much of the time is the server's own waiting.
     *
     * @param bare where the probe is without Limpet
     * @param filtered where it is with the filter, failover off
     * @param route that node's name
     */
    public void assertSame(URI bare, URI filtered, String route) {
        List<Conversation> conversations = Carrier.COOKIE.conversationsWithoutLogin();
        CompletableFuture<List<List<String>>> heardBare =
                CompletableFuture.supplyAsync(() -> heard(conversations, bare, route));
        List<List<String>> heard = heard(conversations, filtered, route);
        SoftAssertions same = new SoftAssertions();
        compare(server, conversations, heard, heardBare.join(), same);
        same.assertAll();
    }

    private List<List<String>> heard(List<Conversation> conversations, URI node, String route) {
        return new Judge(quirks, route, node).hear(conversations, Carrier.COOKIE, "");
    }

    /** Fails where what was heard with the filter is not what was heard without it, or says nothing of its subject. */
    static void compare(
            String application,
            List<Conversation> conversations,
            List<List<String>> heard,
            List<List<String>> bare,
            SoftAssertions same) {
        for (int i = 0; i < bare.size(); i++) {
            saysSomething(conversations.get(i), bare.get(i), same);
            same.assertThat(heard.get(i))
                    .as("%s: %s", application, conversations.get(i).name())
                    .isEqualTo(bare.get(i));
        }
    }

    /** What says nothing of its subject would be the same with any filter. */
    private static void saysSomething(Conversation conversation, List<String> bare, SoftAssertions same) {
        List<String> answers =
                bare.stream().filter(line -> !line.startsWith(">")).toList();
        same.assertThat(answers)
                .as("%s, bare", conversation.name())
                .noneMatch(line -> line.contains("no such step"))
                .noneMatch(line -> line.startsWith("< HTTP/1.1 404") && !conversation.isAboutNoPage())
                .anyMatch(line -> line.contains(conversation.subject()));
    }
}
