package io.limpet.proxy.node;

import java.time.Duration;

/**
 * How nodes drain.
 *
 * @param deadline how long it may take unless the order says otherwise
 * @param statusContext the context path of the application whose sessions the nodes' status tells; empty for the root's
 */
public record DrainRules(Duration deadline, String statusContext) {

    /** Where an application's status is, behind its context path. */
    public static final String STATUS = "/limpet/status";

    /** The rules where nodes are probed at this path. */
    public static DrainRules of(Duration deadline, String healthPath) {
        return new DrainRules(deadline, contextOf(healthPath));
    }

    /** The context path of the application whose status is at this path; empty for the root's, and for any other path. */
    public static String contextOf(String healthPath) {
        return healthPath.endsWith(STATUS) ? healthPath.substring(0, healthPath.length() - STATUS.length()) : "";
    }
}
