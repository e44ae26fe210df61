package io.limpet.failover;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How long a session has stayed since it was last moved so that nodes have as many. Written with the session's lock held,
 * or before anybody else knows the session; may be read without.
 */
final class Rest {

    private volatile OptionalLong movedAt = OptionalLong.empty();

    /** When it was last moved, in milliseconds since 1970; empty when it never was. */
    OptionalLong movedAt() {
        return movedAt;
    }

    /** It was moved at this time, in milliseconds since 1970. */
    void begin(long now) {
        movedAt = OptionalLong.of(now);
    }

    /** It is the same session in another one of this container. */
    void continueAs(Rest before) {
        movedAt = before.movedAt;
    }

    /** Whether it has rested for so long; then it begins to rest again. */
    boolean endsAfter(Duration length, long now) {
        OptionalLong last = movedAt;
        if (last.isPresent() && now - last.getAsLong() < length.toMillis()) {
            return false;
        }
        begin(now);
        return true;
    }
}
