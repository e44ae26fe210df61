package io.limpet.failover.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A session got a new id: the new id shall lead to its record. Never writes over a session or the grave of one.
 *
 * @param target the key of the session's record
 * @param maxInactiveSeconds the session's timeout in seconds; zero or less: never
 */
public record Point(String target, int maxInactiveSeconds) implements Change<PointResult> {

    @Override
    public Outcome<PointResult> applyTo(String key, @Nullable Entry current) {
        if (key.equals(target)) {
            return new Outcome.Unchanged<>(PointResult.POINTED);
        }
        if (current instanceof SessionRecord || current instanceof Tombstone) {
            return new Outcome.Unchanged<>(PointResult.OCCUPIED);
        }
        return new Outcome.Written<>(PointResult.POINTED, new Pointer(target), Lifetime.ofPointer(maxInactiveSeconds));
    }

    @Override
    public Class<PointResult> resultType() {
        return PointResult.class;
    }
}
