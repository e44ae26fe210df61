package io.limpet.proxy.node;

/**
 * How many probes and requests in a row change a node's state.
 *
 * @param rise good answers until a node that is down is up again, at least 1; of a node that flaps more
 * @param fall bad answers until a node that is up is down, at least 1; a refused connection needs no second
 * @param failures requests that failed at the node, with none in between that it answered, until they count as a bad
 *     answer; 0: they never do
 */
public record Thresholds(int rise, int fall, int failures) {

    /** With ten failed requests for a bad answer. */
    public Thresholds(int rise, int fall) {
        this(rise, fall, 10);
    }

    /** @throws IllegalArgumentException when rise or fall is below 1, or failures below 0 */
    public Thresholds {
        if (rise < 1 || fall < 1) {
            throw new IllegalArgumentException("rise " + rise + " and fall " + fall + " must be at least 1");
        }
        if (failures < 0) {
            throw new IllegalArgumentException("failures " + failures + " must be at least 0");
        }
    }
}
