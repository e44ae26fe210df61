package io.limpet.failover;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request's work on one replicated session. An asynchronous request may use it from several threads.
 *
 * <p>What was touched stays touched until the request ends: the application may hold on to the object and change it
 * after the first bytes have left.
 */
final class RequestVisit implements Visit {

    /**
     * What all visits of a node have in common.
     *
     * @param save saves what has changed
     * @param saveLater has the session saved again, with all that is marked as touched by then
     */
    record Node(
            Dirtiness dirtiness,
            BiFunction<Shadow, Touches, SaveOutcome> save,
            Consumer<Shadow> saveLater,
            Clock clock) {}

    private final Shadow shadow;
    private final Node node;
    private final Touches untouched;
    /** Null in most requests, which only read what cannot change. */
    private volatile @Nullable Touches touched;

    /** Null as long as each save was done. */
    private volatile @Nullable SaveOutcome postponed;

    private boolean over;

    RequestVisit(Shadow shadow, Node node) {
        this.shadow = shadow;
        this.node = node;
        this.untouched = shadow.attributes.replaced.untouched();
        shadow.visits.begin();
    }

    @Override
    public void read(String name, Object value) {
        shadow.attributes.past().readByApplication(name);
        if (node.dirtiness() == Dirtiness.TOUCHED && !ImmutableValues.contains(value)) {
            touched().names().add(name);
        }
    }

    @Override
    public void changed(String name) {
        shadow.attributes.past().setByApplication(name);
        Touches mine = touched();
        shadow.attributes.replaced.set(name, mine.since());
        mine.assigned().add(name);
        mine.names().add(name);
    }

    private synchronized Touches touched() {
        Touches known = touched;
        if (known == null) {
            known = Touches.begun(untouched.since());
            touched = known;
        }
        return known;
    }

    private Touches touches() {
        Touches known = touched;
        return known == null ? untouched : known;
    }

    /** Once the store was silent, the rest of this request waits for it no more: the backlog saves what there is. */
    @Override
    public SaveOutcome save() {
        SaveOutcome before = postponed;
        if (before != null) {
            touches().names().forEach(shadow.attributes::markTouched);
            node.saveLater().accept(shadow); // it may have taken out of its queue what was there before
            return before;
        }
        SaveOutcome outcome = node.save().apply(shadow, touches());
        if (outcome == SaveOutcome.QUEUED || outcome == SaveOutcome.REJECTED) {
            postponed = outcome;
        }
        return outcome;
    }

    @Override
    public synchronized void over() {
        if (!over) {
            over = true;
            shadow.visits.end(node.clock().millis());
        }
    }

    @Override
    public void cookie(String line) {
        shadow.cookie = Optional.of(line);
    }

    @Override
    public Identity identity() {
        return shadow.identity();
    }
}
