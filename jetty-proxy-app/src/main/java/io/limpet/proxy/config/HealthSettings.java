package io.limpet.proxy.config;

import io.limpet.proxy.node.Thresholds;
import java.time.Duration;

/**
 * How nodes are probed.
 *
 * @param kind what counts as a good answer
 * @param path the path that is asked for, with the application's context: {@code /shop/limpet/status}
 * @param interval from one probe of a node to the next
 * @param timeout how long a probe may take
 * @param thresholds how many answers in a row change a node's state
 */
public record HealthSettings(Kind kind, String path, Duration interval, Duration timeout, Thresholds thresholds) {

    /** What counts as a good answer to a probe. */
    public enum Kind {
        /** The filter's status, in which the node gives its own name. */
        STATUS,
        /** Any answer from 200 to 399, for nodes without the filter. */
        PATH
    }
}
