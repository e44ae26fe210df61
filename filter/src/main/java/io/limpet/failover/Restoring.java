package io.limpet.failover;

import io.limpet.failover.protocol.SessionStore;
import io.limpet.failover.protocol.StoreUnavailableException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Brings back what the cluster may have lost of sessions that nobody asks for just now: with their node they would be
 * gone. One thread does it, a while at a time, so that requests are not kept from the store; any thread may ask how far
 * it is.
 */
final class Restoring {

    private static final Logger LOG = System.getLogger(Restoring.class.getName());

    /** Then the backlog has other things to do, and waits for half a second. */
    private static final long WORK_MILLIS = 500;

    private final SessionStore store;
    private final LocalSessions sessions;
    private final Ownership ownership;
    private final Consumer<Shadow> saveLater;
    private final Clock clock;
    private final Queue<Shadow> due = new ConcurrentLinkedQueue<>();
    private volatile long begun;

    /** @param saveLater has a session saved in the background */
    Restoring(
            SessionStore store, LocalSessions sessions, Ownership ownership, Consumer<Shadow> saveLater, Clock clock) {
        this.store = store;
        this.sessions = sessions;
        this.ownership = ownership;
        this.saveLater = saveLater;
        this.clock = clock;
        this.begun = store.lossGeneration();
    }

    /** Whether all sessions of this node have been looked up since something was lost, if anything was. */
    boolean isDone() {
        return begun == store.lossGeneration() && due.isEmpty();
    }

    /** Goes on where it was; does not throw. */
    void work() {
        long now = store.lossGeneration();
        if (now != begun) {
            due.clear();
            due.addAll(sessions.all());
            begun = now; // behind that: nobody shall think that it is done
        }
        long deadline = clock.millis() + WORK_MILLIS;
        int most = due.size();
        try {
            for (int i = 0; i < most && clock.millis() <= deadline; i++) {
                Shadow next = due.peek();
                if (next == null) {
                    return;
                }
                lookAt(next);
                due.remove(next); // behind that, too
            }
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "what the store has lost is looked for later: {0}", e.getMessage());
        }
    }

    private void lookAt(Shadow shadow) {
        if (!shadow.lock.tryLock()) {
            due.add(shadow); // a request is saving it just now: it comes again
            return;
        }
        try {
            if (ownership.isLost(shadow)) {
                saveLater.accept(shadow);
            }
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (RuntimeException e) { // it must not keep the others from being looked at
            LOG.log(Level.WARNING, "a session may be lost with this node: it cannot be looked up", e);
        } finally {
            shadow.lock.unlock();
        }
    }
}
