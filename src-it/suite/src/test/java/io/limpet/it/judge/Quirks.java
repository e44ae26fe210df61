package io.limpet.it.judge;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What a server does otherwise where an application has a filter that wraps responses, or Limpet's jar, or from one time
 * to the next; nothing else may differ.
 *
 * @param framing requests in whose answers the end of the body may be told in another way
 * @param additions what a line of a transcript may have more; a line with nothing else in it may be there or not
 * @param ofNewIds the same, where a session gets a new id
 */
public record Quirks(Pattern framing, Pattern additions, Pattern ofNewIds) {

    private static final Pattern NOTHING = Pattern.compile("(?!)");
    private static final String NEW_ID = "change-id";
    private static final String WELDS = "org\\.jboss\\.weld\\.[\\w.]+";

    /** Those of most servers. */
    public static final Quirks NONE = new Quirks(NOTHING, NOTHING, NOTHING);

    /**
     * Behind a forward, by the application or by the container to the form that asks who it is, Undertow closes its own
     * response at once, and then knows the body's length, but flushes a wrapped one first, whoever wrapped it.
     */
    public static final Quirks OF_UNDERTOW = NONE.withFraming("forward|cross|authenticate|/private|/j_security_check");

    /** The same, but the end of the body may be told in another way in answers to requests that contain this. */
    public Quirks withFraming(String requests) {
        return new Quirks(Pattern.compile(requests), additions, ofNewIds);
    }

    /** The same, but the jar's CDI extension makes an application without CDI one with it: Weld notes things of its own. */
    public Quirks withWeld() {
        return new Quirks(
                framing,
                Pattern.compile(
                        "^\\* session attribute (added|removed) " + WELDS + "$|(, )?" + WELDS + "(=the container's)?"),
                ofNewIds);
    }

    /** The same, but in a conversation in which a session gets a new id lines may hold this or not. */
    public Quirks withNewIds(String parts) {
        return new Quirks(framing, additions, Pattern.compile(parts));
    }

    boolean framingMayDiffer(String request) {
        return framing.matcher(request).find();
    }

    /** What has to be the same. */
    List<String> comparable(Conversation conversation, List<String> lines) {
        boolean getsNewId = conversation.requests().stream().anyMatch(request -> request.contains(NEW_ID));
        return lines.stream()
                .map(line -> additions.matcher(line).replaceAll(""))
                .map(line -> getsNewId ? ofNewIds.matcher(line).replaceAll("") : line)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
