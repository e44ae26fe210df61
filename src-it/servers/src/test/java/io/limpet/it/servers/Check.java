package io.limpet.it.servers;

/** The columns of the matrix, in the order in which they are tried: the last ones cost nodes. */
enum Check {
    STICKY("sticky", Affinity::everySessionStaysOnItsNode),
    ONE_COOKIE("one cookie", Affinity::aNewSessionGetsOneCookieTaggedOnce),
    TAGGED_BY("tagged by", (Act) Affinity::whoTags),
    LOGIN("login", Affinity::loggingInChangesTheIdOnce),
    LOGOUT("logout", Affinity::loggingOutEndsTheSession),
    HOSTILE_COOKIES("hostile cookies", HostileCookies::neverBreakAnything),
    KILL("kill -9", Takeover::theFirstRequestAfterAKillFindsTheCart),
    AT_ONCE("20 at once", Takeover::manyRequestsAtOnceBecomeOneSession),
    STOP("stop", Takeover::sessionsOutliveANodeThatIsStopped);

    private static final String YES = "yes";

    /** Answers what stands in the cell; throws when the promise is broken. */
    @FunctionalInterface
    interface Act {
        String on(Subject subject) throws Exception;
    }

    /** A promise that is kept or not. */
    @FunctionalInterface
    interface Promise {
        void tryOn(Subject subject) throws Exception;
    }

    private final String column;
    private final Act act;

    Check(String column, Promise promise) {
        this(column, subject -> {
            promise.tryOn(subject);
            return YES;
        });
    }

    Check(String column, Act act) {
        this.column = column;
        this.act = act;
    }

    String column() {
        return column;
    }

    String on(Subject subject) throws Exception {
        return act.on(subject);
    }
}
