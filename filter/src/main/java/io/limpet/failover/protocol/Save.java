package io.limpet.failover.protocol;

import io.limpet.route.Route;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The owner writes what changed since its last acknowledged save. With nothing changed it is a touch: the record lives on
 * with a new last access.
 *
 * <p>A version stands for one content. When a save got no answer, the next one takes a new version, keeps the base and
 * carries the changes of both: whether or not the first arrived, and in whatever order, the record ends up right.
 *
 * @param owner the node that saves
 * @param epoch the epoch in which it owns the session
 * @param base the version that was last acknowledged to it; 0 after a claim, and for a new session
 * @param version of this save, greater than the base
 * @param meta identity and times, as they are now
 * @param set the changed attributes, serialized
 * @param removed the names of attributes that are gone
 * @param whole {@code set} is all there is: needs no base, and creates the record when it is missing
 */
public record Save(
        Route owner,
        long epoch,
        long base,
        long version,
        SessionMeta meta,
        Map<String, byte[]> set,
        Set<String> removed,
        boolean whole)
        implements Change<SaveResult> {

    /** @throws IllegalArgumentException when the version is not greater than the base */
    public Save {
        if (base < 0 || version <= base) {
            throw new IllegalArgumentException("version " + version + " must be greater than its base " + base);
        }
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
        removed = Set.copyOf(removed);
    }

    @Override
    public Outcome<SaveResult> applyTo(String key, @Nullable Entry current) {
        if (current instanceof Pointer pointer) {
            return new Outcome.Elsewhere<>(pointer.key());
        }
        if (current instanceof Tombstone) {
            return new Outcome.Unchanged<>(SaveResult.ENDED);
        }
        if (current instanceof SessionRecord record && !isLeftover(record) && !isOver(record)) {
            return applyTo(record);
        }
        return whole ? written(Map.of()) : new Outcome.Unchanged<>(SaveResult.MISSING);
    }

    private Outcome<SaveResult> applyTo(SessionRecord record) {
        if (!record.ownedBy(owner, epoch)) {
            return new Outcome.Unchanged<>(SaveResult.FENCED);
        }
        if (record.version() >= version) {
            return new Outcome.Written<>(SaveResult.SAVED, record, Lifetime.ofRecord(record.maxInactiveSeconds()));
        }
        if (whole) {
            return written(Map.of());
        }
        // what was acknowledged to this owner is not here: a delta on top would hide the loss
        return record.version() < base ? new Outcome.Unchanged<>(SaveResult.MISSING) : written(record.attributes());
    }

    /**
     * Epochs only grow, so a record of an earlier one is what remained after the cluster lost the claim that this owner
     * was granted. It counts as missing; to fence the rightful owner off would lose what it had acknowledged.
     */
    private boolean isLeftover(SessionRecord record) {
        return record.epoch() < epoch;
    }

    /** Another node's that has timed out: nobody can claim it any more, so it must not fence off who still has it. */
    private boolean isOver(SessionRecord record) {
        return !record.ownedBy(owner, epoch) && Lifetime.isOver(record, meta.lastAccess());
    }

    private Outcome<SaveResult> written(Map<String, StoredAttribute> before) {
        Map<String, StoredAttribute> attributes = new LinkedHashMap<>(before);
        attributes.keySet().removeAll(removed);
        Stamp stamp = new Stamp(epoch, version);
        set.forEach((name, bytes) -> attributes.put(name, new StoredAttribute(bytes, stamp)));
        SessionRecord saved = new SessionRecord(
                owner,
                epoch,
                version,
                meta.ids(),
                meta.creationTime(),
                meta.lastAccess(),
                meta.maxInactiveSeconds(),
                attributes);
        return new Outcome.Written<>(SaveResult.SAVED, saved, Lifetime.ofRecord(meta.maxInactiveSeconds()));
    }

    @Override
    public int bytes() {
        long sum = set.values().stream().mapToLong(bytes -> bytes.length).sum();
        return (int) Math.min(sum, Integer.MAX_VALUE);
    }

    @Override
    public Class<SaveResult> resultType() {
        return SaveResult.class;
    }
}
