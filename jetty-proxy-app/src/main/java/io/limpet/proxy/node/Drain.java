package io.limpet.proxy.node;

import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The course of one drain, of a node or of one of its applications: it knows how far it is from what the node tells.
 *
 * <p>Not safe for use by several threads.
 */
final class Drain {

    /** The answer to a probe that was under way when the drain began may not know of a session made since. */
    private static final int REPORTS_UNTIL_TRUE = 2;

    private final Instant deadline;
    private final UnaryOperator<NodeReport> concerned;
    private final Predicate<Nodes.Member> isIdle;
    private NodeReport last;
    private int reports;
    private boolean empty;

    private Drain(
            Instant deadline, UnaryOperator<NodeReport> concerned, Predicate<Nodes.Member> isIdle, NodeReport last) {
        this.deadline = deadline;
        this.concerned = concerned;
        this.isIdle = isIdle;
        this.last = last;
    }

    /**
     * A drain of a node that begins now.
     *
     * @param deadline when it ends at the latest
     * @param last what the node told before
     */
    static Drain ofNode(Instant deadline, NodeReport last) {
        return new Drain(deadline, report -> report, member -> member.inFlight().count() == 0, last);
    }

    /**
     * A drain of one application. Requests of this proxy that are under way may be for another one: what counts is what
     * the node tells of the application.
     *
     * @param concerned the part of the node's reports that is about it; {@link NodeReport#NONE} when none is
     */
    static Drain ofApplication(Instant deadline, UnaryOperator<NodeReport> concerned, NodeReport last) {
        return new Drain(deadline, concerned, member -> true, last);
    }

    Instant deadline() {
        return deadline;
    }

    /** Whether nothing was left when it was looked at last. */
    boolean isEmpty() {
        return empty;
    }

    /** How far it is. */
    Condition condition(Nodes.Member member, String why, Instant now) {
        hear(member.report());
        NodeReport told = concerned.apply(member.report());
        boolean knows = reports >= REPORTS_UNTIL_TRUE;
        boolean hasEnded = empty && member.report().known() && !told.known(); // nothing was left in it when it went
        empty = hasEnded || (knows && told.isEmpty() && isIdle.test(member));
        if (empty) { // also when its deadline has passed since
            return Condition.drained(why);
        }
        if (!now.isBefore(deadline)) {
            return Condition.drained("the deadline of its drain has passed");
        }
        boolean isElsewhere = told.isReplicated() || (knows && told.keepsNothingAlone());
        return isElsewhere ? Condition.moving(why) : Condition.draining(why);
    }

    /** A node tells each time anew, if the same; the snapshot changes for other nodes' reports, too. */
    @SuppressWarnings("ReferenceEquality") // it may tell the same twice, and that is two reports
    private void hear(NodeReport report) {
        if (report != last) {
            last = report;
            reports++;
        }
    }
}
