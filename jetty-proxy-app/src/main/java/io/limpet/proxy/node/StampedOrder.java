package io.limpet.proxy.node;

import java.time.Instant;

/**
 * An order as proxies tell it each other.
 *
 * @param ordered what was ordered; a {@link Order#READY} is told, too, else the order that it ends would come back
 * @param stamp when, and on which proxy
 */
public record StampedOrder(Ordered ordered, Stamp stamp) {

    /** When a drain is over at the latest, for one who looks now: whose clock is behind counts from now. */
    Instant deadline(Instant now) {
        Instant given = Instant.ofEpochMilli(stamp.time());
        return (given.isAfter(now) ? now : given).plus(ordered.deadline());
    }
}
