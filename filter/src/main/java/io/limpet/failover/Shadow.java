package io.limpet.failover;

import io.limpet.failover.protocol.ClaimResult;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SessionMeta;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.failover.protocol.Stamp;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpSession;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;

/**
 * What this node knows of one session's record in the store: under which key, epoch and version it owns it, and which
 * attributes are saved in which state. The session itself stays the container's.
 *
 * <p>Everything but the volatile facts and {@link #isQuiet} is called with {@link #lock} held: saves of one session go one
 * after the other, in the order of their versions.
 */
final class Shadow {

    /** Marks the container's session of a node that another one took it from; holds that one's name. Never replicated. */
    static final String MOVED_TO = "io.limpet.moved-to";

    /** Fewer touches than this much of the time-out would let a record die before its session. */
    private static final int TOUCHES_PER_TIMEOUT = 10;

    private static final long TOUCH_MILLIS_WITHOUT_TIMEOUT = 3_600_000;

    final HandoverLock lock;
    /**
     * The container's session, as the last request had it: WildFly makes a new object for each request, and the one of an
     * earlier request is of a dead session once the id has changed.
     */
    volatile HttpSession session;

    final RecordNames names;
    final OpenVisits visits = new OpenVisits();
    final SavedAttributes attributes;
    private final long creationTime;
    private final boolean adopted;
    private final long adoptedAccess;
    final Tenure tenure;
    private long acknowledged;
    private long version;
    private boolean sent;
    private volatile boolean whole;
    private volatile long savedAccess;
    private int savedMaxInactive;

    /** The line by which the container told the client of the session, tagged, where it was seen. */
    volatile Optional<String> cookie = Optional.empty();

    /** The session is dead or lives elsewhere: nothing of it is saved from here any more. */
    volatile boolean closed;

    /** Set once, when the session is dead: a move that fails does not bring it back. */
    volatile boolean over;

    /** The session is on its way into another one of this container, or is there: what is still changed here follows. */
    volatile boolean moving;

    volatile Optional<Shadow> movedTo = Optional.empty();

    /** What has followed it there. */
    final Carried carried = new Carried();

    /** The container gave it a new id when it had been left for another session already. */
    volatile boolean renamedTooLate;

    /** A session that was made here and is not in the store yet. */
    Shadow(HttpSession session, AttributeWriter attributes, Lock lock, long epoch) {
        this.lock = new HandoverLock(lock);
        this.session = session;
        this.attributes = new SavedAttributes(() -> this.session, attributes, visits);
        this.creationTime = session.getCreationTime();
        this.adopted = false;
        this.adoptedAccess = creationTime;
        this.names = new RecordNames(session.getId());
        this.tenure = new Tenure(epoch);
        this.whole = true;
        // whoever set these did it past the filter, or the session would be known here
        Collections.list(session.getAttributeNames()).forEach(this.attributes.past()::setInContainer);
    }

    /** A session that was claimed from the store, for a session of this container. */
    Shadow(HttpSession session, AttributeWriter attributes, Lock lock, ClaimResult.Claimed claimed) {
        SessionRecord record = claimed.record();
        this.lock = new HandoverLock(lock);
        this.session = session;
        this.attributes = new SavedAttributes(() -> this.session, attributes, visits);
        this.creationTime = record.creationTime();
        this.adopted = true;
        this.sent = true;
        this.adoptedAccess = record.lastAccess();
        this.names = new RecordNames(claimed.key(), record.ids(), session.getId());
        this.tenure = new Tenure(record.epoch());
        this.savedAccess = record.lastAccess();
        this.savedMaxInactive = record.maxInactiveSeconds();
    }

    String key() {
        return names.key();
    }

    long epoch() {
        return tenure.epoch();
    }

    /** The version of the last save that the store has acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** Marks the container's session, which stays for the requests that have it, and times out. */
    void markMoved(Route by) {
        if (!lock.tryLock()) {
            return; // a request is saving it just now, and learns it from the store
        }
        try {
            if (tenure.isTaken()) {
                attributes.imports.mark(MOVED_TO, by.name());
            }
        } catch (IllegalStateException e) {
            closed = true; // the container has ended it: nothing to mark, nothing to save
        } finally {
            lock.unlock();
        }
    }

    /** Nothing of it is saved from here on. */
    void end() {
        over = true;
        closed = true;
    }

    /** Whether the container has given the session a new id of which its record knows nothing yet. */
    boolean isBeingRenamed() {
        return !names.leadFrom(session.getId());
    }

    Visit.Identity identity() {
        return new Visit.Identity(creationTime, adopted, adoptedAccess);
    }

    /** Whether the store may know the session. */
    boolean everSent() {
        return sent;
    }

    /**
     * Another node had changed the session under its former key while it got a new one here: takes that in, and has all
     * of it sent again under the new key.
     *
     * @return whether unsaved changes contradicted it; then all of them went
     */
    boolean takeInFormer(String formerKey, SessionRecord record, Delta unsaved) {
        FormerKey former = names.formerKeys().get(formerKey);
        if (former == null) {
            return false;
        }
        Delta since = attributes.with(unsaved, former.renamedAt());
        boolean conflict = attributes.conflicts(since, record, former.names());
        attributes.loadFormer(record, conflict ? Delta.NOTHING : since, conflict ? since : Delta.NOTHING);
        names.formerKeyClaimed(formerKey, former.claimedIn(record.epoch()));
        startOver();
        return conflict;
    }

    /** The container renamed the session: it is kept anew under its new id, and the old key dies. */
    void rename(String newId) {
        if (everSent()) {
            names.leave(new FormerKey(epoch(), new Stamp(epoch(), version), attributes.savedNames()));
        }
        names.rename(newId);
        cookie = Optional.empty();
        startOver();
    }

    /** The store has lost what was acknowledged: the next save carries the whole session. */
    void startOver() {
        whole = true;
    }

    /** Whether the store must be sent the whole session, as it may lack what was acknowledged. */
    boolean isWholeDue() {
        return whole;
    }

    /** Copies the whole record into the container's session. */
    void load(SessionRecord record) {
        load(record, Delta.NOTHING, Delta.NOTHING);
    }

    /**
     * Copies what is in the record into the container's session.
     *
     * @param keep unsaved changes that stay as they are here
     * @param drop unsaved changes that give way to what is in the record
     */
    void load(SessionRecord record, Delta keep, Delta drop) {
        tenure.begin(record.epoch());
        acknowledged = record.version();
        version = record.version();
        whole = attributes.owes();
        session.setMaxInactiveInterval(record.maxInactiveSeconds());
        savedMaxInactive = record.maxInactiveSeconds();
        attributes.load(record, keep, drop);
        if (session.getAttribute(MOVED_TO) != null) {
            attributes.imports.remove(MOVED_TO);
        }
    }

    /**
     * Whether there is nothing to send, told without the lock: nearly all requests only read. Whoever saves the session just
     * now holds the lock until the store has acknowledged it, and has taken the marks of what he saves behind that.
     *
     * @throws IllegalStateException when the container has ended the session
     */
    boolean isQuiet(Touches touches, long now) {
        // in this order
        return touches.isUntouched()
                && !attributes.areMarked()
                && lock.isFree()
                && !closed
                && !moving
                && !whole
                && attributes.areSettled()
                && !metaChanged(now);
    }

    /** What has to be sent; touched attributes are compared with what was saved. */
    Delta capture(Touches touches) {
        return attributes.capture(touches, whole);
    }

    boolean metaChanged(long now) {
        return names.isUnsaved() || session.getMaxInactiveInterval() != savedMaxInactive || touchDue(now);
    }

    private boolean touchDue(long now) {
        int maxInactive = session.getMaxInactiveInterval();
        long touchAfter = maxInactive > 0 ? maxInactive * 1_000L / TOUCHES_PER_TIMEOUT : TOUCH_MILLIS_WITHOUT_TIMEOUT;
        return now - savedAccess >= touchAfter;
    }

    /** There was nothing to send. */
    void settled(Delta delta) {
        attributes.acknowledged(delta, new Stamp(epoch(), acknowledged));
    }

    Save toSave(Delta delta, Route owner, long now) {
        sent = true;
        version++;
        SessionMeta meta = new SessionMeta(names.ids(), creationTime, lastUse(now), session.getMaxInactiveInterval());
        return new Save(owner, epoch(), acknowledged, version, meta, delta.set(), delta.removed(), delta.whole());
    }

    /** Who saves it in the background does not use it: its time goes on. */
    private long lastUse(long now) {
        return visits.open() > 0 || visits.lastAt() == 0 ? now : Math.max(savedAccess, visits.lastAt());
    }

    /** The store has acknowledged this save. */
    void acknowledged(Delta delta, Save save) {
        acknowledged = save.version();
        whole = false;
        names.saved();
        savedAccess = save.meta().lastAccess();
        savedMaxInactive = save.meta().maxInactiveSeconds();
        attributes.acknowledged(delta, new Stamp(save.epoch(), save.version()));
    }

    /**
     * Copies the record of a session that another node has owned meanwhile into the container's session, but for unsaved
     * changes that do not contradict it.
     *
     * @param refused attributes whose unsaved changes go in any case
     * @return whether unsaved changes contradicted it; then all of them went
     */
    boolean takeIn(SessionRecord record, Delta unsaved, Set<String> refused) {
        Delta asked = unsaved.without(refused);
        boolean conflict = attributes.conflicts(asked, record, attributes.savedNames());
        load(record, conflict ? Delta.NOTHING : asked, conflict ? unsaved : unsaved.only(refused));
        return conflict;
    }
}
