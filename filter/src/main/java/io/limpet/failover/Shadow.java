package io.limpet.failover;

import io.limpet.failover.protocol.Lifetime;
import io.limpet.failover.protocol.Save;
import io.limpet.failover.protocol.SessionMeta;
import io.limpet.failover.protocol.SessionRecord;
import io.limpet.route.Route;
import jakarta.servlet.http.HttpSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this node knows of one session's record in the store: under which key, epoch and version it owns it, and which
 * attributes are saved in which state. The session itself stays the container's.
 *
 * <p>Everything but {@link #markTouched} and the volatile facts is called with {@link #lock} held: saves of one session
 * go one after the other, in the order of their versions.
 */
final class Shadow {

    /** Fewer touches than this much of the time-out would let a record die before its session. */
    private static final int TOUCHES_PER_TIMEOUT = 10;

    private static final long TOUCH_MILLIS_WITHOUT_TIMEOUT = 3_600_000;

    final ReentrantLock lock = new ReentrantLock();
    /**
     * The container's session, as the last request had it: WildFly makes a new object for each request, and the one of an
     * earlier request is of a dead session once the id has changed.
     */
    volatile HttpSession session;

    private final SavedAttributes attributes;
    private final long creationTime;
    private final boolean adopted;
    private final long adoptedAccess;
    private final List<String> ids = new ArrayList<>();
    /** Keys under which the session was kept before its id changed; they must find it no more. */
    private final List<String> formerKeys = new ArrayList<>();

    private String key;
    private long epoch;
    private long acknowledged;
    private long version;
    private boolean whole;
    private boolean pointerDue;
    private boolean idsUnsaved;
    private long pointedAt;
    private long savedAccess;
    private int savedMaxInactive;

    /** The store's trust generation in which this copy was last known to be the owner's. */
    volatile long verifiedIn;

    /** Ids of other nodes under which clients still ask for this session here. */
    final Set<String> aliases = ConcurrentHashMap.newKeySet();

    /** The line by which the container told the client of the session, tagged, where it was seen. */
    volatile Optional<String> cookie = Optional.empty();

    /** Set once, when the session is dead or lives elsewhere: nothing of it is saved from here any more. */
    volatile boolean closed;

    /** A session that was made here and is not in the store yet. */
    Shadow(HttpSession session, AttributeWriter attributes, long epoch) {
        this.session = session;
        this.attributes = new SavedAttributes(() -> this.session, attributes);
        this.creationTime = session.getCreationTime();
        this.adopted = false;
        this.adoptedAccess = creationTime;
        this.key = session.getId();
        this.epoch = epoch;
        this.whole = true;
        this.ids.add(key);
        // whoever set these did it past the filter, or the session would be known here
        Collections.list(session.getAttributeNames()).forEach(this.attributes.past()::setInContainer);
    }

    /** A session that was claimed from the store, for a session of this container. */
    Shadow(HttpSession session, AttributeWriter attributes, String key, SessionRecord record) {
        this.session = session;
        this.attributes = new SavedAttributes(() -> this.session, attributes);
        this.creationTime = record.creationTime();
        this.adopted = true;
        this.adoptedAccess = record.lastAccess();
        this.key = key;
        this.epoch = record.epoch();
        this.ids.addAll(record.ids());
        this.savedAccess = record.lastAccess();
        this.savedMaxInactive = record.maxInactiveSeconds();
        joinId();
    }

    private void joinId() {
        if (!ids.contains(session.getId())) {
            ids.add(session.getId());
            pointerDue = true;
            idsUnsaved = true;
        }
    }

    String key() {
        return key;
    }

    long epoch() {
        return epoch;
    }

    /** The version of the last save that the store has acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    Visit.Identity identity() {
        return new Visit.Identity(creationTime, adopted, adoptedAccess);
    }

    /** Whether the store may know the session. */
    boolean everSent() {
        return adopted || version > 0 || !formerKeys.isEmpty();
    }

    /** The ids that must be made to lead to the record before a client knows them, or again before that expires. */
    List<String> pointersDue(long now) {
        long renewal = Lifetime.pointerRenewal(session.getMaxInactiveInterval()) * 1_000;
        boolean expiring = renewal != Lifetime.FOREVER && now - pointedAt >= renewal;
        return pointerDue || expiring
                ? ids.stream().filter(id -> !id.equals(key)).toList()
                : List.of();
    }

    void pointed(long now) {
        pointerDue = false;
        pointedAt = now;
    }

    List<String> formerKeys() {
        return Collections.unmodifiableList(formerKeys);
    }

    void formerKeysEnded() {
        formerKeys.clear();
    }

    /** An attribute may have changed; may be called without the lock. */
    void markTouched(String name) {
        attributes.markTouched(name);
    }

    /** Which attributes are used past the filter; may be asked without the lock. */
    PastAttributes past() {
        return attributes.past();
    }

    /** The container renamed the session: it is kept anew under its new id, and the old key dies. */
    void rename(String newId) {
        if (everSent()) {
            formerKeys.add(key);
        }
        key = newId;
        ids.clear();
        ids.add(key);
        pointerDue = false;
        cookie = Optional.empty();
        startOver();
    }

    /** The store has lost what was acknowledged: the next save carries the whole session. */
    void startOver() {
        whole = true;
    }

    /** Copies the whole record into the container's session. */
    void load(SessionRecord record) {
        load(record, Delta.NOTHING);
    }

    /** Copies what is in the record into the container's session; what {@code except} changes stays as it is here. */
    void load(SessionRecord record, Delta except) {
        epoch = record.epoch();
        acknowledged = record.version();
        version = record.version();
        whole = false;
        session.setMaxInactiveInterval(record.maxInactiveSeconds());
        savedMaxInactive = record.maxInactiveSeconds();
        attributes.load(record, except);
    }

    /** What has to be sent; touched attributes are compared with what was saved. */
    Delta capture(Set<String> touchedByRequest) {
        return attributes.capture(touchedByRequest, whole);
    }

    boolean metaChanged(long now) {
        return idsUnsaved || session.getMaxInactiveInterval() != savedMaxInactive || touchDue(now);
    }

    private boolean touchDue(long now) {
        int maxInactive = session.getMaxInactiveInterval();
        long touchAfter = maxInactive > 0 ? maxInactive * 1_000L / TOUCHES_PER_TIMEOUT : TOUCH_MILLIS_WITHOUT_TIMEOUT;
        return now - savedAccess >= touchAfter;
    }

    /** There was nothing to send. */
    void settled(Delta delta) {
        attributes.acknowledged(delta);
    }

    Save toSave(Delta delta, Route owner, long now) {
        version++;
        SessionMeta meta = new SessionMeta(ids, creationTime, now, session.getMaxInactiveInterval());
        return new Save(owner, epoch, acknowledged, version, meta, delta.set(), delta.removed(), delta.whole());
    }

    /** The store has acknowledged this save. */
    void acknowledged(Delta delta, Save save) {
        acknowledged = save.version();
        whole = false;
        idsUnsaved = false;
        savedAccess = save.meta().lastAccess();
        savedMaxInactive = save.meta().maxInactiveSeconds();
        attributes.acknowledged(delta);
    }

    /** Whether somebody else changed an attribute of this delta after this node had last owned the session. */
    boolean conflicts(Delta delta, SessionRecord record) {
        return attributes.conflicts(delta, record, epoch);
    }

    /** Every name under which somebody may ask for this session: none of them may find it once it is dead. */
    Set<String> names(String sessionId) {
        Set<String> names = new HashSet<>(ids);
        names.addAll(aliases);
        names.addAll(formerKeys);
        names.add(key);
        names.add(sessionId);
        return names;
    }
}
