package io.limpet.filter;

import jakarta.servlet.http.HttpSession;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * How many live sessions one application has on this node, with a number that grows whenever that changes: whoever is told
 * twice knows which was later, whatever came first. Safe for use by any number of threads.
 */
final class LiveSessions {

    /**
     * The sessions at one moment.
     *
     * @param live how many there are, 0 or more; {@link #UNKNOWN} when nobody counts them
     * @param sequence the number of this count; of two the higher one is later
     * @param parameters both as parameters of a header field; empty when they are not told
     * @param since when it was found so, in nanoseconds of no particular origin
     */
    record Count(long live, long sequence, String parameters, long since) {}

    private static final Pattern FIELD_VALUE = Pattern.compile("[!-:<-~]*");
    private static final long MICROS = 1_000;

    /** So long answers tell a number that has changed: by then each proxy has asked for it. */
    private static final long NEWS_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** So often: it may be that another proxy got the answer that told it first. */
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** In place of a number: there may be some, so that a node is never taken for empty. */
    static final long UNKNOWN = -1;

    /** Behind the constants that it needs. */
    static final LiveSessions UNCOUNTED = uncounted("");

    /** Who knows of the sessions. */
    interface Source {

        /** How many live here, asked at every answer. */
        long live();

        /** Whether one with this id surely lives here; one of a former run of the application is known once a request has it. */
        boolean lives(String id);

        /** Told of the session of each request, which may have begun before anybody counted. */
        void found(HttpSession session);
    }

    private final String context;
    private final Source source;
    private final boolean told;
    private final LongSupplier nanos;
    private volatile Count last;

    /** When an answer is to tell it next; set anew behind each change, so that whoever sees that sees the change, too. */
    private final AtomicLong due;

    /** The number of the count that answers tell no more; of that one most requests need no look at the clock. */
    private volatile long old;

    /**
     * Counts the sessions of an application.
     *
     * @param context its context path; one that no header field can hold is not told with answers, but by probes
     * @param nanos a clock as {@link System#nanoTime}
     */
    LiveSessions(String context, Source source, LongSupplier nanos) {
        this(context, source, FIELD_VALUE.matcher(context).matches(), nanos);
    }

    private LiveSessions(String context, Source source, boolean told, LongSupplier nanos) {
        this.context = context;
        this.source = source;
        this.told = told;
        this.nanos = nanos;
        // as late as the clock, so that what the next run of the application tells is later than all that this one does
        this.last = count(0, System.currentTimeMillis() * MICROS);
        this.due = new AtomicLong(last.since());
    }

    /** Nobody counts those of this context. */
    static LiveSessions uncounted(String context) {
        return new LiveSessions(context, new Nobody(), false, System::nanoTime);
    }

    private Count count(long sessions, long sequence) {
        // the path is last: it may hold anything but a semicolon
        String parameters = "; live=" + sessions + "; seq=" + sequence + "; context=" + context;
        return new Count(sessions, sequence, told ? parameters : "", nanos.getAsLong());
    }

    /** A request has this session. */
    void found(HttpSession own) {
        source.found(own);
    }

    /** Whether one with this id is known to live here, which no container takes for an access. */
    boolean lives(String id) {
        return source.lives(id);
    }

    String context() {
        return context;
    }

    /** As it is now. */
    Count now() {
        long sessions = source.live();
        Count known = last;
        return known.live() == sessions ? known : changed();
    }

    /** Whether an answer is to tell it: at once when it has changed, then now and then, and at last no more. */
    boolean areNews() {
        if (!told) {
            return false;
        }
        Count count = now();
        if (count.sequence() == old) {
            return false;
        }
        long at = nanos.getAsLong();
        if (at - count.since() > NEWS_NANOS) {
            old = count.sequence(); // and not a flag, which would keep a change silent that comes between
            return false;
        }
        return at - due.get() >= 0;
    }

    /** As the answer of whoever was told that they are news tells them. */
    String news() {
        long was = due.get();
        due.compareAndSet(was, nanos.getAsLong() + AGAIN_NANOS); // unless they have changed meanwhile
        return last.parameters();
    }

    private synchronized Count changed() {
        // asked again: who comes here second must not give the later number to the earlier count
        long sessions = source.live();
        if (last.live() != sessions) {
            last = count(sessions, last.sequence() + 1);
            due.set(last.since());
        }
        return last;
    }

    private record Nobody() implements Source {
        @Override
        public long live() {
            return UNKNOWN;
        }

        @Override
        public boolean lives(String id) {
            return false;
        }

        @Override
        public void found(HttpSession session) {}
    }
}
