package io.limpet.failover.protocol;

/**
 * What comes back from the member that keeps an entry.
 *
 * @param <R> what the sender of the change is told
 */
public sealed interface Answer<R extends Result> {

    /** The change was decided on. */
    record Given<R extends Result>(R result) implements Answer<R> {}

    /** The change belongs to this key. */
    record Elsewhere<R extends Result>(String key) implements Answer<R> {}

    /** The entry is of a newer format than that member knows; it was left alone. */
    record Unreadable<R extends Result>() implements Answer<R> {}

    /** What to tell the sender of a change with this outcome. */
    static <R extends Result> Answer<R> to(Outcome<R> outcome) {
        if (outcome instanceof Outcome.Written<R> written) {
            return new Given<>(written.result());
        }
        if (outcome instanceof Outcome.Unchanged<R> unchanged) {
            return new Given<>(unchanged.result());
        }
        return new Elsewhere<>(((Outcome.Elsewhere<R>) outcome).key());
    }
}
