package io.limpet.failover;

import io.limpet.failover.Work.AtWork;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * On which threads the application is at work for which requests. Not a thread-local, which would stay behind in the
 * container's threads when the application goes. Safe for use by any number of threads.
 */
final class RequestThreads {

    private static final AtWork BEGUN_BEFORE = () -> {};

    private final Map<Thread, Stay> threads = new ConcurrentHashMap<>();

    /** Work on one thread, within that for another request, perhaps: an error page, or a forward through another application. */
    private record Stay(
            RequestThreads threads,
            RequestWork work,
            @Nullable Stay outer) implements AtWork {
        @Override
        public void close() {
            threads.leave(outer);
        }
    }

    /** The thread works for a request until the answer is closed. */
    AtWork enter(RequestWork work) {
        Stay outer = threads.get(Thread.currentThread());
        if (outer != null && outer.work() == work) {
            return BEGUN_BEFORE;
        }
        Stay stay = new Stay(this, work, outer);
        threads.put(Thread.currentThread(), stay);
        return stay;
    }

    private void leave(@Nullable Stay outer) {
        if (outer == null) {
            threads.remove(Thread.currentThread());
        } else {
            threads.put(Thread.currentThread(), outer);
        }
    }

    /**
     * The work on this thread for a request of this session; what the container ends here of others, as it may to make
     * room or because a request stops it, is not the application's word.
     */
    Optional<RequestWork> hereFor(Shadow shadow) {
        for (Stay stay = threads.get(Thread.currentThread()); stay != null; stay = stay.outer()) {
            if (stay.work().isAbout(shadow)) {
                return Optional.of(stay.work());
            }
        }
        return Optional.empty();
    }
}
