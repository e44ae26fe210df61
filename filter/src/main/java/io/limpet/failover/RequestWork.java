package io.limpet.failover;

import jakarta.servlet.http.HttpSession;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** The work for one request on a node with failover; see {@link Work}. Safe for use by any number of threads. */
final class RequestWork implements Work {

    private final RequestThreads threads;
    private final LocalSessions known;

    /** A request has one, rarely two. */
    private final Set<Shadow> own = new CopyOnWriteArraySet<>();

    private volatile boolean refused;

    RequestWork(RequestThreads threads, LocalSessions known) {
        this.threads = threads;
        this.known = known;
    }

    @Override
    public AtWork begin() {
        return threads.enter(this);
    }

    @Override
    public void concerns(HttpSession session) {
        String id = session.getId();
        known.byId(id).or(() -> known.whatWasLeft(id)).ifPresent(own::add);
    }

    /** Whether the request has, or came for, this session. */
    boolean isAbout(Shadow shadow) {
        return own.contains(shadow);
    }

    /** The store did not take the end of one of its sessions. */
    void refuse() {
        refused = true;
    }

    @Override
    public boolean mustBeRefused() {
        return refused;
    }
}
