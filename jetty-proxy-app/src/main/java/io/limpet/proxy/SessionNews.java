package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.Nodes;
import org.eclipse.jetty.http.HttpFields;

/**
 * What a node says with its answer of its number of live sessions, so that the proxy need not wait for the next probe to
 * know it: {@code new}, {@code adopted} or {@code ended}, or nothing when the number is as it was.
 */
final class SessionNews {

    /** Here nodes say it. */
    static final String FIELD = "Limpet-Session";

    private SessionNews() {}

    /** Reckons with what this answer says. */
    static void hear(Choice.Served choice, HttpFields fields, Nodes nodes) {
        Nodes.Member member = choice.member();
        String word = fields.get(FIELD);
        if (choice instanceof Choice.Fresh) {
            if (member.report().known() && !"new".equals(word)) {
                member.share().gave(); // it was counted when it was chosen
            }
            return;
        }
        if (word == null || choice instanceof Choice.Rebalanced) { // that was counted when the owner let it go
            return;
        }
        switch (word) {
            case "new" -> member.share().took();
            case "ended" -> member.share().gave();
            case "adopted" -> {
                member.share().took();
                if (choice instanceof Choice.Takeover takeover) {
                    nodes.named(takeover.lostOwner())
                            .ifPresent(from -> from.share().gave());
                }
            }
            default -> {}
        }
    }
}
