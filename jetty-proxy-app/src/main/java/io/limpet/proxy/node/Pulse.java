package io.limpet.proxy.node;

/**
 * A node's condition and the run of equal probe answers behind it.
 *
 * <p>A node that goes down again and again has to answer well for longer each time before it is up: its sessions have
 * moved to nodes that stay, and new ones shall not follow it down.
 *
 * @param condition what holds now
 * @param good good answers in a row
 * @param bad bad answers in a row, counted while it is up
 * @param falls how often it went down without having been well for {@link #STEADY} answers in between
 */
record Pulse(Condition condition, int good, int bad, int falls) {

    /** A node that was well for so long was not flapping: twenty seconds, as nodes are probed each second. */
    static final int STEADY = 20;

    /** Its rise is doubled no more often: half a minute at most where two probes a second apart suffice at first. */
    private static final int DOUBLINGS = 4;

    static final Pulse FIRST = new Pulse(Condition.READY, 0, 0, 0);

    /** Of a node that was added a moment ago: the first good answer brings it up. */
    static Pulse unseen(Thresholds thresholds) {
        return new Pulse(Condition.UNSEEN, thresholds.rise() - 1, 0, 0);
    }

    boolean isUp() {
        return condition.state() != NodeState.DOWN;
    }

    /** The good answers in a row until it is up. */
    int needed(int rise) {
        return rise << Math.max(0, Math.min(falls - 1, DOUBLINGS));
    }

    Pulse good(Condition offered, int rise) {
        if (!isUp()) {
            return good + 1 >= needed(rise)
                    ? new Pulse(offered, 0, 0, falls)
                    : new Pulse(condition, good + 1, 0, falls);
        }
        int run = Math.min(good + 1, STEADY);
        return new Pulse(offered, run, 0, run == STEADY ? 0 : falls);
    }

    Pulse bad(Condition offered, int fall) {
        if (!isUp()) {
            // with the newest reason
            return new Pulse(offered, 0, 0, falls);
        }
        if (bad + 1 < fall) {
            return new Pulse(condition, 0, bad + 1, falls);
        }
        // one that drained was to end
        boolean fell = condition.state() == NodeState.READY;
        return new Pulse(offered, 0, 0, fell ? falls + 1 : falls);
    }
}
