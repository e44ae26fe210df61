package io.limpet.it.judge;

import io.limpet.it.judge.Transcript.Framing;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Holds conversations with applications of one node.
 *
 * @param quirks the server's own
 * @param route the node's name
 */
record Judge(Quirks quirks, String route, URI node) {

    private static final Pattern ID = Pattern.compile("id\\(.*\\)");

    /** What the application at this context answered to all of these. */
    List<List<String>> hear(List<Conversation> conversations, Carrier carrier, String context) {
        return conversations.stream()
                .map(conversation -> hear(conversation, carrier, context))
                .toList();
    }

    /**
     * What the application at this context answered.
     *
     * @param context its path
     */
    private List<String> hear(Conversation conversation, Carrier carrier, String context) {
        Visitor visitor = new Visitor(node, context, carrier, this::asTheProxyWould);
        Transcript transcript = new Transcript(context, route);
        visitor.events(); // of the conversation before
        for (String request : conversation.requests()) {
            transcript.add(request, visitor.ask(request), framing(request));
            transcript.addEvents(visitor.events()); // also of what goes on when the answer has left
        }
        return quirks.comparable(conversation, transcript.lines());
    }

    /** What a user whose requests do not touch the session finds at last: {@code nothing}, or the session. */
    String idle(Carrier carrier, String context) {
        Visitor visitor = new Visitor(node, context, carrier, this::asTheProxyWould);
        return CarrierConversations.IDLE.requests().stream()
                .map(visitor::ask)
                .reduce((before, last) -> last)
                .map(last -> ID.matcher(last.body()).replaceAll("the session"))
                .orElseThrow();
    }

    /** One segment, the last, if it is this node's. */
    private String asTheProxyWould(String cookie) {
        return cookie.endsWith("." + route) ? cookie.substring(0, cookie.length() - route.length() - 1) : cookie;
    }

    private Framing framing(String request) {
        return quirks.framingMayDiffer(request) ? Framing.LEFT_OUT : Framing.COMPARED;
    }
}
