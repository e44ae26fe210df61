package io.limpet.it.servers;

import java.util.List;

/**
 * A column of the matrix.
 *
 * @param column its head
 * @param on what runs on the nodes that it is tried on
 * @param act how it is tried
 */
record Check(String column, Variant on, Act act) {

    /** In the order in which they are tried: the last ones cost nodes. */
    static final List<Check> ALL = List.of(
            promise("sticky", Affinity::everySessionStaysOnItsNode),
            promise("one cookie", Affinity::aNewSessionGetsOneCookieTaggedOnce),
            new Check("tagged by", Variant.SHOP, Affinity::whoTags),
            promise("login", Affinity::loggingInChangesTheIdOnce),
            promise("logout", Affinity::loggingOutEndsTheSession),
            promise("hostile cookies", HostileCookies::neverBreakAnything),
            promise("kill -9", Takeover::theFirstRequestAfterAKillFindsTheCart),
            promise("20 at once", Takeover::manyRequestsAtOnceBecomeOneSession),
            promise("stop", Takeover::sessionsOutliveANodeThatIsStopped),
            new Check("own route", Variant.OWN_ROUTE, kept(OwnRoute::staysBeforeTheNodesName)),
            new Check("container tagging", Variant.CONTAINER_ROUTE, kept(OwnRoute::isEnoughWithoutLimpet)),
            new Check("tagging", Variant.PROBE, kept(Probed::eachSessionIsTaggedOnce)),
            new Check("as bare", Variant.PROBE, kept(Probed::theFilterIsNotSeen)),
            new Check("injected", Variant.JAKARTA_EE, kept(Injection::saysWhyANodeServes)),
            new Check("CDI", Variant.JAKARTA_EE, kept(SessionBeans::outliveTheirNode)),
            new Check("CDI, 20 at once", Variant.JAKARTA_EE, kept(SessionBeans::areOneForManyRequestsAtOnce)),
            new Check("Faces", Variant.JAKARTA_EE, kept(FacesView::outlivesItsNode)),
            new Check("Spring Security", Variant.SPRING, kept(SpringLogin::outlivesItsNode)));

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
        return new Check(column, Variant.SHOP, kept(promise));
    }

    private static Act kept(Promise promise) {
        return subject -> {
            promise.tryOn(subject);
            return "yes";
        };
    }
}
