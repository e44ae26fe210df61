package io.limpet.failover.hazelcast;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.splitbrainprotection.SplitBrainProtectionException;
import io.limpet.failover.protocol.Answer;
import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.CorruptEntryException;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.EntryFormat;
import io.limpet.failover.protocol.Lifetime;
import io.limpet.failover.protocol.NewerFormatException;
import io.limpet.failover.protocol.Outcome;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Applies changes where no code of ours runs: reads the entry, decides here, and writes only if the entry is still the
 * one that was read. Who was overtaken, or does not know whether it was, reads again and decides again: a change that had
 * arrived after all is recognised by the rules of the protocol, as one that is sent twice is.
 *
 * <p>Writing loses the time to live, so it is set afterwards. Nothing depends on it: until then an entry has the map's
 * own, which is longer than any, and whoever claims a record sees in it whether it is over.
 *
 * <p>Safe for use by any number of threads. Blocks as long as the map does.
 */
final class CompareAndSet {

    /** Only claims compete, and each of them ends the others' business: far more than ever compete. */
    private static final int MAX_ATTEMPTS = 32;

    private static final int MAX_FAILURES = 3;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int MAX_ARMINGS = 3;

    /**
     * What became of a change.
     *
     * @param written the bytes that are in the map now; null when it stayed as it was
     * @param lifetimeSeconds of what was written
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Applied<R extends Result>(Answer<R> answer, byte @Nullable [] written, long lifetimeSeconds) {}

    private final RemoteMap map;

    CompareAndSet(RemoteMap map) {
        this.map = map;
    }

    /**
     * Applies a change; {@link #arm} has to follow.
     *
     * @throws StoreUnavailableException when others were faster again and again
     * @throws HazelcastException when the members fail again and again, or refuse
     */
    <R extends Result> Applied<R> apply(String key, Change<R> change) {
        int failures = 0;
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            try {
                Optional<Applied<R>> applied = attempt(key, change);
                if (applied.isPresent()) {
                    return applied.get();
                }
            } catch (SplitBrainProtectionException e) {
                throw e;
            } catch (HazelcastException e) {
                if (++failures == MAX_FAILURES) {
                    throw e;
                }
                // a member has gone: the others have to agree on who replaces it
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        throw new StoreUnavailableException("other nodes change the session again and again; try again");
    }

    private <R extends Result> Optional<Applied<R>> attempt(String key, Change<R> change) {
        byte[] before = map.get(key);
        Outcome<R> outcome;
        try {
            outcome = change.applyTo(key, read(before));
        } catch (NewerFormatException e) {
            return Optional.of(new Applied<>(new Answer.Unreadable<>(), null, 0));
        }
        if (!(outcome instanceof Outcome.Written<R> written)) {
            return Optional.of(new Applied<>(Answer.to(outcome), null, 0));
        }
        byte[] after = EntryFormat.encode(written.entry());
        boolean done = before == null
                ? map.putIfAbsent(key, after, written.lifetimeSeconds())
                : map.replace(key, before, after);
        return done
                ? Optional.of(new Applied<>(Answer.to(outcome), after, written.lifetimeSeconds()))
                : Optional.empty();
    }

    /** A corrupt entry counts as none: the owner's whole save mends it, and nobody runs into it again and again. */
    static @Nullable Entry read(byte @Nullable [] bytes) throws NewerFormatException {
        if (bytes == null) {
            return null;
        }
        try {
            return EntryFormat.decode(bytes);
        } catch (NewerFormatException e) {
            throw e;
        } catch (CorruptEntryException e) {
            return null;
        }
    }

    /**
     * Sets the time to live of what was written. Another node may write meanwhile, and would find its entry with the time
     * to live of this one: so the entry is looked at afterwards, and if it is another one by now it is given its own.
     *
     * @throws HazelcastException when the members fail; then the entry has the map's own time to live
     */
    void arm(String key, Applied<?> applied) {
        byte[] expected = applied.written();
        long seconds = applied.lifetimeSeconds();
        for (int i = 0; i < MAX_ARMINGS && expected != null; i++) {
            map.expireIn(key, seconds);
            byte[] present = map.get(key);
            if (present == null || Arrays.equals(present, expected)) {
                return;
            }
            Optional<Long> other = lifetime(present);
            if (other.isEmpty()) {
                return;
            }
            seconds = other.get();
            expected = present;
        }
    }

    private static Optional<Long> lifetime(byte[] bytes) {
        try {
            return Optional.ofNullable(read(bytes)).map(Lifetime::ofFound);
        } catch (NewerFormatException e) {
            return Optional.empty();
        }
    }
}
