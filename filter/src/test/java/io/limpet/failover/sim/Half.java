package io.limpet.failover.sim;

import io.limpet.failover.protocol.Change;
import io.limpet.failover.protocol.Claim;
import io.limpet.failover.protocol.Entry;
import io.limpet.failover.protocol.Outcome;
import io.limpet.failover.protocol.Result;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SaveResult;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Tombstone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The members that see each other, and the entries that they keep. The whole cluster is one, until it is split. */
final class Half {

    final TreeSet<String> members = new TreeSet<>();
    final Map<String, Entry> entries = new LinkedHashMap<>();
    final Ledger ledger;
    private final Defect defect;
    /** Where its entries went when it met another half. */
    Optional<Half> mergedInto = Optional.empty();

    Half(Defect defect, Ledger ledger) {
        this.defect = defect;
        this.ledger = ledger;
    }

    Half now() {
        return mergedInto.map(Half::now).orElse(this);
    }

    <R extends Result> R apply(String key, Change<R> change) {
        Outcome<R> outcome = applyAt(key, change);
        if (outcome instanceof Outcome.Elsewhere<R> elsewhere) {
            outcome = applyAt(elsewhere.key(), change);
        }
        if (outcome instanceof Outcome.Written<R> written) {
            return written.result();
        }
        if (outcome instanceof Outcome.Unchanged<R> unchanged) {
            return unchanged.result();
        }
        throw new Violation("a pointer at a pointer under " + key);
    }

    private <R extends Result> Outcome<R> applyAt(String key, Change<R> change) {
        Entry current = entries.get(key);
        Outcome<R> outcome = planted(change).applyTo(key, seen(change, current));
        if (outcome instanceof Outcome.Written<R> written) {
            if (written.entry() instanceof Tombstone && defect == Defect.NO_TOMBSTONE) {
                entries.remove(key);
            } else {
                put(key, written.entry());
            }
            if (change instanceof Save save && written.result() == SaveResult.SAVED) {
                ledger.saved(key, save.epoch(), (SessionRecord) written.entry());
            }
            if (written.entry() instanceof SessionRecord record) {
                ledger.owned(key, record.epoch());
            }
        }
        return outcome;
    }

    /** Every way into the entries. */
    void put(String key, Entry entry) {
        ledger.written(key, entry);
        entries.put(key, entry);
    }

    @SuppressWarnings("unchecked") // a claim for a claim
    private <R extends Result> Change<R> planted(Change<R> change) {
        return defect == Defect.PLAIN_EPOCH && change instanceof Claim claim
                ? (Change<R>) new Claim(claim.claimant(), 0, claim.now())
                : change;
    }

    /** What a change sees of an entry, with a defect that makes it blind for a part of it. */
    private @Nullable Entry seen(Change<?> change, @Nullable Entry current) {
        if (!(change instanceof Save save) || !(current instanceof SessionRecord record)) {
            return current;
        }
        boolean another = !record.ownedBy(save.owner(), save.epoch());
        if ((defect == Defect.NO_FENCE && another) || (defect == Defect.NO_VERSION_CHECK && !another)) {
            return new SessionRecord(
                    save.owner(),
                    save.epoch(),
                    save.base(),
                    record.ids(),
                    record.creationTime(),
                    record.lastAccess(),
                    record.maxInactiveSeconds(),
                    record.attributes());
        }
        return current;
    }

    /** The members that keep an entry: two of them, or the only one. */
    List<String> keepers(String key) {
        List<String> all = new ArrayList<>(members);
        int first = Math.floorMod(key.hashCode() * 31, all.size());
        return defect == Defect.NO_BACKUP || all.size() == 1
                ? List.of(all.get(first))
                : List.of(all.get(first), all.get((first + 1) % all.size()));
    }

    /** A member is gone, with what it alone kept. */
    void lose(String member) {
        if (members.size() > 1) {
            entries.keySet().removeIf(key -> keepers(key).equals(List.of(member)));
        }
        members.remove(member);
    }
}
