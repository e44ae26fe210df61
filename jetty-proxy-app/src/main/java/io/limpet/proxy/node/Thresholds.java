package io.limpet.proxy.node;

/**
 * How many probes in a row change a node's state.
 *
 * @param rise good answers until a node that is down is up again, at least 1
 * @param fall bad answers until a node that is up is down, at least 1; a refused connection needs no second
 */
public record Thresholds(int rise, int fall) {

    /** @throws IllegalArgumentException when one is below 1 */
    public Thresholds {
        if (rise < 1 || fall < 1) {
            throw new IllegalArgumentException("rise " + rise + " and fall " + fall + " must be at least 1");
        }
    }
}
