package io.limpet.failover.sim;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A node's clock: the simulation's steps, and how far it is off. */
final class SimClock extends Clock {

    private static final long START = 1_700_000_000_000L;

    private final Scheduler scheduler;
    private final long off;

    SimClock(Scheduler scheduler, long off) {
        this.scheduler = scheduler;
        this.off = off;
    }

    @Override
    public long millis() {
        return START + off + scheduler.steps * 20;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
