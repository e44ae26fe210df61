package io.limpet.it.judge;

import io.limpet.it.cluster.Container;
import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How an application has its session carried, by what the probe reads of its context-params. */
enum Carrier {
    /** As the container does when nobody says anything. */
    COOKIE("a", "JSESSIONID"),
    /** Cookies off: the session is in the URLs. */
    URL("b", "JSESSIONID"),
    /** A name and attributes that browsers demand of each other. */
    HOST_COOKIE("c", "__Host-SID"),
    /** A cookie of a domain, that outlives the browser. */
    DOMAIN_COOKIE("d", "SHOPSESSION");

    private final String letter;
    private final String cookie;

    Carrier(String letter, String cookie) {
        this.letter = letter;
        this.cookie = cookie;
    }

    /** The session cookie's name. */
    String cookie() {
        return cookie;
    }

    Map<String, String> contextParams() {
        return switch (this) {
            case COOKIE -> Map.of();
            case URL -> Map.of("tracking", "URL");
            case HOST_COOKIE ->
                Map.of(
                        "cookie.Name", cookie,
                        "cookie.Path", "/",
                        "cookie.Secure", "true",
                        "cookie.HttpOnly", "true",
                        "cookie.SameSite", "None",
                        "cookie.Partitioned", "");
            case DOMAIN_COOKIE ->
                Map.of(
                        "cookie.Name", cookie,
                        "cookie.Domain", "example.test",
                        "cookie.Max-Age", "3600",
                        "cookie.SameSite", "Strict");
        };
    }

    /** The path of such an application; all are of one length, as they are parts of what is compared. */
    String context(Limpet limpet) {
        return "/" + letter + limpet.mark();
    }

    /** The same without anybody who may log in. */
    Map<String, String> contextParamsWithoutLogin() {
        Map<String, String> params = new HashMap<>(contextParams());
        params.put(ProbeWar.NO_LOGIN, "true");
        return params;
    }

    /** What the container has to write of it into the cookie, so that there is something to be kept. */
    List<String> attributes(Container container) {
        return switch (this) {
            case COOKIE, URL -> List.of();
            case HOST_COOKIE ->
                container == Container.TOMCAT_10 // which has Partitioned as a setting of the server's
                        ? List.of("Path=/", "Secure", "HttpOnly", "SameSite=None")
                        : List.of("Path=/", "Secure", "HttpOnly", "SameSite=None", "Partitioned");
            case DOMAIN_COOKIE -> List.of("Domain=example.test", "Max-Age=3600", "SameSite=Strict");
        };
    }

    /** What to talk with such an application about. */
    List<Conversation> conversations() {
        return this == COOKIE
                ? Stream.concat(Conversation.ALL.stream(), CarrierConversations.ALL.stream())
                        .toList()
                : CarrierConversations.ALL;
    }

    /** Those of them that need nobody who may log in. */
    List<Conversation> conversationsWithoutLogin() {
        return conversations().stream()
                .filter(conversation -> !conversation.wantsAUser())
                .toList();
    }
}
