package io.limpet.proxy.node;

/** What one probe of a node found. */
public sealed interface ProbeAnswer {

    /** The node's pulse after this answer. */
    Pulse after(Pulse before, Thresholds thresholds);

    /** What the node told about itself; {@link NodeReport#NONE} when it told nothing. */
    default NodeReport report() {
        return NodeReport.NONE;
    }

    /** The node answered as it should; {@code draining} is what its own status says. */
    record Well(boolean draining, NodeReport report) implements ProbeAnswer {

        /** A good answer that is no status. */
        public Well(boolean draining) {
            this(draining, NodeReport.NONE);
        }

        @Override
        public Pulse after(Pulse before, Thresholds thresholds) {
            return before.good(draining ? Condition.DRAINING : Condition.READY, thresholds.rise());
        }
    }

    /** The node answered late, wrongly or not at all. */
    record Unwell(String why) implements ProbeAnswer {
        @Override
        public Pulse after(Pulse before, Thresholds thresholds) {
            return before.bad(Condition.down(why), thresholds.fall());
        }
    }

    /** Nobody listens there: no second probe is needed to know. */
    record Refused(String why) implements ProbeAnswer {
        @Override
        public Pulse after(Pulse before, Thresholds thresholds) {
            return before.bad(Condition.down(why), 1);
        }
    }

    /** The application that the node had told of is there no more, nor any other: the container says so itself. */
    record Undeployed(String why) implements ProbeAnswer {
        @Override
        public Pulse after(Pulse before, Thresholds thresholds) {
            return before.bad(Condition.down(why), 1);
        }
    }

    /** Another node than the configured one answers: its sessions would go astray. */
    record Misnamed(String why) implements ProbeAnswer {
        @Override
        public Pulse after(Pulse before, Thresholds thresholds) {
            return before.bad(Condition.misnamed(why), 1);
        }
    }
}
