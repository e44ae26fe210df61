package io.limpet.proxy.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Whether two requests mean the same, when a proxy stands between them (RFC 9110 §3.7, §7.6). */
final class Meaning {

    /** Of one connection, or of the message's form on it: read and written anew. */
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private Meaning() {}

    /** What an origin would understand otherwise; the body counts only when all of it arrived. */
    static List<String> differences(Head asked, Body body, Head got, Seen arrived) {
        List<String> differences = new ArrayList<>();
        compare("method", asked.method(), got.method(), differences);
        compare("target", withoutRoute(asked), withoutRoute(got), differences);
        if (asked.minor() > 0 || !asked.values("host").isEmpty()) {
            compare("host", asked.host(), got.host(), differences);
        }
        compare("fields", endToEnd(asked), endToEnd(got), differences);
        if (arrived.state() == Seen.State.COMPLETE) {
            compare("body", body.content(), arrived.body().content(), differences);
            if (!body.trailers().containsAll(arrived.body().trailers())) {
                differences.add("trailers " + arrived.body().trailers() + " instead of " + body.trailers());
            }
        }
        return differences;
    }

    private static void compare(String what, Object asked, Object got, List<String> differences) {
        if (!asked.equals(got)) {
            differences.add(what + " '" + got + "' instead of '" + asked + "'");
        }
    }

    /** The proxy takes the route out of the session's id. */
    private static String withoutRoute(Head head) {
        return head.target().resource().replaceAll("(;jsessionid=[^;/?]*)\\.n1(?=[;/?]|$)", "$1");
    }

    private static List<String> endToEnd(Head head) {
        Set<String> named = head.tokens("connection");
        Predicate<Field> stays = field -> OF_ONE_HOP.contains(field.looseKey())
                || named.contains(field.key())
                // by the letter this names nothing, but to take it for the name costs only the sender
                || named.contains('"' + field.key() + '"')
                || OriginRules.isProxys(field.looseKey());
        return head.fields().stream()
                .filter(stays.negate())
                .map(field -> field.key() + ": " + field.value())
                .toList();
    }
}
