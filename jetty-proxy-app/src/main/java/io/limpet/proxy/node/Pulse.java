package io.limpet.proxy.node;

/**
 * A node's condition and the run of equal probe answers behind it.
 *
 * @param condition what holds now
 * @param good good answers in a row, counted while the node is down
 * @param bad bad answers in a row, counted while it is up
 */
record Pulse(Condition condition, int good, int bad) {

    static final Pulse FIRST = new Pulse(Condition.READY, 0, 0);

    /** Of a node that was added a moment ago: the first good answer brings it up. */
    static Pulse unseen(Thresholds thresholds) {
        return new Pulse(Condition.UNSEEN, thresholds.rise() - 1, 0);
    }

    Pulse good(Condition offered, int rise) {
        boolean up = condition.state() != NodeState.DOWN;
        return up || good + 1 >= rise ? new Pulse(offered, 0, 0) : new Pulse(condition, good + 1, 0);
    }

    Pulse bad(Condition offered, int fall) {
        // a node that is down stays so, with the newest reason
        boolean down = condition.state() == NodeState.DOWN;
        return down || bad + 1 >= fall ? new Pulse(offered, 0, 0) : new Pulse(condition, 0, bad + 1);
    }
}
