package io.limpet.failover;

import jakarta.servlet.http.HttpSession;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The work for one request on a node with failover; see {@link Work}. Safe for use by any number of threads. */
final class RequestWork implements Work {

    private final LocalSessions known;

    /** A request has one, rarely two. */
    private volatile @Nullable Shadow first;

    private volatile @Nullable Set<Shadow> others;

    private volatile boolean refused;

    RequestWork(LocalSessions known) {
        this.known = known;
    }

    @Override
    public AtWork begin() {
        return RequestThreads.enter(this);
    }

    @Override
    public void concerns(HttpSession session) {
        String id = session.getId();
        Optional<Shadow> shadow = known.byId(id);
        if (shadow.isEmpty()) {
            // or it has come back from its way between the two looks
            shadow = known.whatWasLeft(id).or(() -> known.byId(id));
        }
        if (shadow.isPresent() && shadow.get() != first) {
            add(shadow.get());
        }
    }

    private synchronized void add(Shadow shadow) {
        if (first == null) {
            first = shadow;
        } else if (!isAbout(shadow)) {
            Set<Shadow> more = new HashSet<>(Set.of(shadow));
            if (others != null) {
                more.addAll(others);
            }
            others = Set.copyOf(more);
        }
    }

    /** Whether the request has, or came for, this session. */
    boolean isAbout(Shadow shadow) {
        Set<Shadow> more = others;
        return shadow == first || (more != null && more.contains(shadow));
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
