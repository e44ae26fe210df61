package io.limpet.proxy.node;

import java.util.Comparator;

/**
 * When an order was given, so that of two the later one holds, on every proxy the same. It is a clock that never goes back
 * behind what its proxy has seen: an order that somebody gives who knows of another one is later than that, also where
 * clocks differ.
 *
 * @param time milliseconds since 1970, or one more than the latest that its proxy had seen; up to the year 9999
 * @param by the proxy that gave it; decides between two of one time
 */
public record Stamp(long time, String by) implements Comparable<Stamp> {

    private static final long YEAR_9999 = 253_402_300_799_000L;
    private static final Comparator<Stamp> ORDER =
            Comparator.comparingLong(Stamp::time).thenComparing(Stamp::by);

    /** @throws IllegalArgumentException when the time is no time, or the proxy's name is empty or longer than 64 */
    public Stamp {
        if (time < 0 || time > YEAR_9999) {
            throw new IllegalArgumentException("an order of the time " + time + " cannot be");
        }
        if (by.isEmpty() || by.length() > 64) {
            throw new IllegalArgumentException("an order is given by a proxy with a name of 1 to 64 characters");
        }
    }

    @Override
    public int compareTo(Stamp other) {
        return ORDER.compare(this, other);
    }
}
