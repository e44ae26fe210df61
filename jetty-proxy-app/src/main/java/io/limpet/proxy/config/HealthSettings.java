package io.limpet.proxy.config;

import io.limpet.proxy.node.Thresholds;
import java.time.Duration;
import java.util.List;

/**
 * How nodes are probed.
 *
 * @param kind what counts as a good answer
 * @param method how is asked, {@code GET} where the filter's status is
 * @param path the path that is asked for, with the application's context: {@code /shop/limpet/status}
 * @param expected the status codes of a good answer, where it is not the filter's status
 * @param interval from one probe of a node to the next
 * @param timeout how long a probe may take
 * @param thresholds how many answers in a row change a node's state
 */
public record HealthSettings(
        Kind kind,
        String method,
        String path,
        List<StatusRange> expected,
        Duration interval,
        Duration timeout,
        Thresholds thresholds) {

    /** What counts as a good answer to a probe. */
    public enum Kind {
        /** The filter's status, in which the node gives its own name. */
        STATUS,
        /** An answer with one of the expected status codes, for nodes without the filter. */
        PATH
    }

    /** Asked with {@code GET}; 200 to 399 is well. */
    public HealthSettings(Kind kind, String path, Duration interval, Duration timeout, Thresholds thresholds) {
        this(kind, "GET", path, List.of(new StatusRange(200, 399)), interval, timeout, thresholds);
    }

    /** Keeps its own copy of the list. */
    public HealthSettings {
        expected = List.copyOf(expected);
    }
}
