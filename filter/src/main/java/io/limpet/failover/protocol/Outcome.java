package io.limpet.failover.protocol;

/**
 * What a {@link Change} does to the entry it met.
 *
 * @param <R> what the sender is told
 */
public sealed interface Outcome<R extends Result> {

    /** The entry stays as it is, and so does its time to live. */
    record Unchanged<R extends Result>(R result) implements Outcome<R> {}

    /**
     * The entry becomes another one.
     *
     * @param lifetimeSeconds from now, {@link Lifetime#FOREVER} or more
     */
    record Written<R extends Result>(R result, Entry entry, long lifetimeSeconds) implements Outcome<R> {}

    /** The entry is a pointer: the change belongs to this key. To be followed once. */
    record Elsewhere<R extends Result>(String key) implements Outcome<R> {}
}
