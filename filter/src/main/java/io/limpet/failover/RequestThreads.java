package io.limpet.failover;

import io.limpet.failover.Work.AtWork;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * On which threads the application is at work for which requests. Safe for use by any number of threads.
 *
 * <p>Nothing of the application stays behind in the container's threads when it goes: no thread keeps a value beyond its
 * work.
 */
final class RequestThreads {

    private static final ThreadLocal<@Nullable Stay> HERE = new ThreadLocal<>();
    private static final AtWork BEGUN_BEFORE = () -> {};

    private RequestThreads() {}

    /** Work on one thread, within that for another request, perhaps: an error page, or a forward through another application. */
    private record Stay(RequestWork work, @Nullable Stay outer) implements AtWork {
        @Override
        public void close() {
            HERE.set(outer); // null where none is: to remove it would cost each request more
        }
    }

    /** The thread works for a request until the answer is closed. */
    static AtWork enter(RequestWork work) {
        Stay outer = HERE.get();
        if (outer != null && outer.work() == work) {
            return BEGUN_BEFORE;
        }
        Stay stay = new Stay(work, outer);
        HERE.set(stay);
        return stay;
    }

    /**
     * The work on this thread for a request of this session; what the container ends here of others, as it may to make
     * room or because a request stops it, is not the application's word.
     */
    static Optional<RequestWork> hereFor(Shadow shadow) {
        for (Stay stay = HERE.get(); stay != null; stay = stay.outer()) {
            if (stay.work().isAbout(shadow)) {
                return Optional.of(stay.work());
            }
        }
        return Optional.empty();
    }
}
