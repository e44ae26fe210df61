package io.limpet.proxy.node;

import java.time.Duration;

/**
 * How fast nodes are probed.
 *
 * @param interval from probe to probe of a node that answers
 * @param timeout how long an answer may take
 * @param fall bad answers in a row until a node is down
 */
public record ProbePace(Duration interval, Duration timeout, int fall) {

    /** A node is asked again after a tenth of the interval at the earliest. */
    private static final int SOONEST = 10;

    /**
     * How long a node that owes an answer is waited for until it is asked once more: so long that of one which stops right
     * behind a good answer the last of the bad ones comes at interval times fall, for it is asked first when the interval
     * is over, and told to be silent when the time-out is.
     */
    Duration patience() {
        if (fall < 2) {
            return interval;
        }
        Duration even = interval.minus(timeout.dividedBy(fall - 1L));
        Duration soonest = interval.dividedBy(SOONEST);
        return even.compareTo(soonest) < 0 ? soonest : even;
    }
}
