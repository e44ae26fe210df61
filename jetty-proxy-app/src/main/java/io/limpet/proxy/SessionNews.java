package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Nodes;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;

/**
 * What a node says with its answer of its number of live sessions, so that the proxy need not wait for the next probe to
 * know it: {@code kept; live=12; seq=345; context=/shop}. Before the number stands what became of the request's session,
 * {@code new}, {@code adopted}, {@code ended} or {@code kept}; it is not said when nothing became of it and the number is
 * as it has been for a while.
 */
final class SessionNews {

    /** Here nodes say it. */
    static final String FIELD = "Limpet-Session";

    private static final String LIVE = "; live=";
    private static final String SEQUENCE = "; seq=";
    private static final String CONTEXT = "; context=";
    private static final int DECIMAL = 10;

    private SessionNews() {}

    /** Reckons with what this answer says. */
    static void hear(Choice.Served choice, HttpFields fields, Nodes nodes) {
        String value = fields.get(FIELD);
        int end = value == null ? -1 : value.indexOf(';');
        String word = value == null || end < 0 ? value : value.substring(0, end);
        if ("adopted".equals(word) && choice instanceof Choice.Takeover takeover) {
            nodes.named(takeover.lostOwner()).ifPresent(from -> from.share().gave());
        }
        if (value == null || !isCounted(choice.member(), value)) {
            reckon(choice, word == null ? "" : word);
        }
    }

    /** The context path of the application that says it; empty when it does not say which. */
    static Optional<String> contextIn(HttpFields fields) {
        String value = fields.get(FIELD);
        int context = value == null ? -1 : value.indexOf(CONTEXT);
        return value == null || context < 0
                ? Optional.empty()
                : Optional.of(value.substring(context + CONTEXT.length()));
    }

    /** Whether it says how many there are. */
    private static boolean isCounted(Nodes.Member member, String value) {
        int live = value.indexOf(LIVE);
        int sequence = value.indexOf(SEQUENCE, live);
        int context = value.indexOf(CONTEXT, sequence);
        if (live < 0 || sequence < 0 || context < 0) {
            return false;
        }
        try {
            return member.share()
                    .told(
                            value.substring(context + CONTEXT.length()),
                            Long.parseLong(value, live + LIVE.length(), sequence, DECIMAL),
                            Long.parseLong(value, sequence + SEQUENCE.length(), context, DECIMAL));
        } catch (NumberFormatException e) {
            return false; // from something that is no filter of ours
        }
    }

    private static void reckon(Choice.Served choice, String word) {
        Nodes.Member member = choice.member();
        if (choice instanceof Choice.Fresh) {
            if (member.report().known() && !word.equals("new")) {
                member.share().gave(); // it was counted when it was chosen
            }
            return;
        }
        if (choice instanceof Choice.Rebalanced) { // that was counted when the owner let it go
            return;
        }
        switch (word) {
            case "new", "adopted" -> member.share().took();
            case "ended" -> member.share().gave();
            default -> {}
        }
    }
}
