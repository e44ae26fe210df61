package io.limpet.failover.sim;

/** A new number at each call. */
final class Numbers {
    private int last;

    int next() {
        return ++last;
    }
}
