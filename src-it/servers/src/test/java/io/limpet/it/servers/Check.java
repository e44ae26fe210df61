package io.limpet.it.servers;

import java.util.List;

/**
 * A column of the matrix.
 *
 * @param column its head
 * @param act how it is tried
 */
record Check(String column, Act act) {

    /** In the order in which they are tried: the last ones cost nodes. */
    static final List<Check> ALL = List.of(
            promise("sticky", Affinity::everySessionStaysOnItsNode),
            promise("one cookie", Affinity::aNewSessionGetsOneCookieTaggedOnce),
            new Check("tagged by", Affinity::whoTags),
            promise("login", Affinity::loggingInChangesTheIdOnce),
            promise("logout", Affinity::loggingOutEndsTheSession),
            promise("hostile cookies", HostileCookies::neverBreakAnything),
            promise("kill -9", Takeover::theFirstRequestAfterAKillFindsTheCart),
            promise("20 at once", Takeover::manyRequestsAtOnceBecomeOneSession),
            promise("stop", Takeover::sessionsOutliveANodeThatIsStopped));

    /** Answers what stands in the cell; throws when a promise is broken. */
    @FunctionalInterface
    interface Act {
        String on(Subject subject) throws Exception;
    }

    /** What is kept or not. */
    @FunctionalInterface
    interface Promise {
        void tryOn(Subject subject) throws Exception;
    }

    private static Check promise(String column, Promise promise) {
        return new Check(column, subject -> {
            promise.tryOn(subject);
            return "yes";
        });
    }
}
