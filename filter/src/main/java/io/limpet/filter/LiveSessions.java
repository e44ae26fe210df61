package io.limpet.filter;

import jakarta.servlet.http.HttpSession;
import java.util.function.Consumer;
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
     */
    record Count(long live, long sequence, String parameters) {}

    private static final Pattern FIELD_VALUE = Pattern.compile("[!-:<-~]*");
    private static final long MICROS = 1_000;

    /** In place of a number: there may be some, so that a node is never taken for empty. */
    static final long UNKNOWN = -1;

    /** Behind the constants that it needs. */
    static final LiveSessions UNCOUNTED = uncounted("");

    private final String context;
    private final LongSupplier live;
    private final Consumer<HttpSession> found;
    private final boolean told;
    private volatile Count last;

    /**
     * Counts the sessions of an application.
     *
     * @param context its context path; one that no header field can hold is not told with answers, but by probes
     * @param live asked at every answer
     */
    LiveSessions(String context, LongSupplier live) {
        this(context, live, session -> {});
    }

    /**
     * The same.
     *
     * @param found told of the session of each request, which may have begun before anybody counted
     */
    LiveSessions(String context, LongSupplier live, Consumer<HttpSession> found) {
        this(
                context,
                () -> Math.max(0, live.getAsLong()),
                found,
                FIELD_VALUE.matcher(context).matches());
    }

    private LiveSessions(String context, LongSupplier live, Consumer<HttpSession> found, boolean told) {
        this.context = context;
        this.live = live;
        this.found = found;
        this.told = told;
        // as late as the clock, so that what the next run of the application tells is later than all that this one does
        this.last = count(0, System.currentTimeMillis() * MICROS);
    }

    /** Nobody counts those of this context. */
    static LiveSessions uncounted(String context) {
        return new LiveSessions(context, () -> UNKNOWN, session -> {}, false);
    }

    private Count count(long sessions, long sequence) {
        // the path is last: it may hold anything but a semicolon
        String parameters = "; live=" + sessions + "; seq=" + sequence + "; context=" + context;
        return new Count(sessions, sequence, told ? parameters : "");
    }

    /** A request has this session. */
    void found(HttpSession own) {
        found.accept(own);
    }

    String context() {
        return context;
    }

    /** As it is now. */
    Count now() {
        long sessions = live.getAsLong();
        Count known = last;
        return known.live() == sessions ? known : changed();
    }

    private synchronized Count changed() {
        // asked again: who comes here second must not give the later number to the earlier count
        long sessions = live.getAsLong();
        if (last.live() != sessions) {
            last = count(sessions, last.sequence() + 1);
        }
        return last;
    }
}
