package io.limpet.it.judge;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.Transcript.Framing;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Holds one conversation with several applications of one node and compares what they said. */
record Judge(Container container, String route, URI node) {

    /** By the application, or by the container to the form that asks who it is. */
    private static final Pattern FORWARDED = Pattern.compile("forward|cross|authenticate|/private|/j_security_check");

    /** What the application at this context answered to all that there is to say to one of its kind. */
    List<List<String>> hear(Carrier carrier, String context) {
        return carrier.conversations().stream()
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
        Transcript transcript = new Transcript(context, route, framing(conversation));
        visitor.events(); // of the conversation before
        for (String request : conversation.requests()) {
            transcript.add(request, visitor.ask(request));
            transcript.addEvents(visitor.events()); // also of what goes on when the answer has left
        }
        return transcript.lines();
    }

    /** One segment, the last, if it is this node's. */
    private String asTheProxyWould(String cookie) {
        return cookie.endsWith("." + route) ? cookie.substring(0, cookie.length() - route.length() - 1) : cookie;
    }

    /**
     * Behind a forward Undertow closes its own response at once, and then knows the body's length, but flushes a wrapped one
     * first, whoever wrapped it.
     */
    private Framing framing(Conversation conversation) {
        boolean forwards = conversation.requests().stream()
                .anyMatch(request -> FORWARDED.matcher(request).find());
        return container == Container.UNDERTOW && forwards ? Framing.LEFT_OUT : Framing.COMPARED;
    }
}
