package io.limpet.shop;

import java.util.Locale;

/** An amount of money in euro cents, never negative. */
record Price(long cents) {

    static final Price NOTHING = new Price(0);

    Price {
        if (cents < 0) {
            throw new IllegalArgumentException("a price of " + cents + " cents is below zero");
        }
    }

    Price times(int count) {
        return new Price(cents * count);
    }

    Price plus(Price other) {
        return new Price(cents + other.cents);
    }

    /** As the page shows it: {@code €4.50}. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "€%d.%02d", cents / 100, cents % 100);
    }
}
