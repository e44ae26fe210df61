package io.limpet.proxy.config;

import io.limpet.proxy.node.LostOwner;
import java.time.Duration;

/**
 * What operators have of the proxy, and what they tell it.
 *
 * @param lostOwner what becomes of a session whose node is gone and which no other node has
 * @param drainDeadline how long a node may drain
 * @param admin where they look at it
 * @param accessLog where requests are written down
 * @param tracing whether there is a span of each request
 */
public record OperatingSettings(
        LostOwner lostOwner,
        Duration drainDeadline,
        AdminSettings admin,
        AccessLogSettings accessLog,
        boolean tracing) {

    /** Sessions go to other nodes, drains take half an hour at most, and nobody looks. */
    public static final OperatingSettings NONE = new OperatingSettings(
            LostOwner.REDISTRIBUTE, Duration.ofMinutes(30), AdminSettings.OFF, AccessLogSettings.OFF);

    /** A proxy without spans. */
    public OperatingSettings(
            LostOwner lostOwner, Duration drainDeadline, AdminSettings admin, AccessLogSettings accessLog) {
        this(lostOwner, drainDeadline, admin, accessLog, false);
    }
}
