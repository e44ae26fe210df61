package io.limpet.it.judge;

import io.limpet.it.judge.ProbeWar.Limpet;
import java.util.List;
import java.util.Map;

/** How an application has its session carried, by what the probe reads of its context-params. */
enum Carrier {
    /** As the container does when nobody says anything. */
    COOKIE("a", "JSESSIONID", Map.of()),
    /** Cookies off: the session is in the URLs. */
    URL("b", "JSESSIONID", Map.of("tracking", "URL")),
    /** A name and attributes that browsers demand of each other. */
    HOST_COOKIE(
            "c",
            "__Host-SID",
            Map.of(
                    "cookie.Name", "__Host-SID",
                    "cookie.Path", "/",
                    "cookie.Secure", "true",
                    "cookie.HttpOnly", "true",
                    "cookie.SameSite", "None",
                    "cookie.Partitioned", "")),
    /** A cookie of a domain, that outlives the browser. */
    DOMAIN_COOKIE(
            "d",
            "SHOPSESSION",
            Map.of(
                    "cookie.Name", "SHOPSESSION",
                    "cookie.Domain", "example.test",
                    "cookie.Max-Age", "3600",
                    "cookie.SameSite", "Strict"));

    private final String letter;
    private final String cookie;

    @SuppressWarnings("ImmutableEnumChecker") // each is of Map.of
    private final Map<String, String> contextParams;

    Carrier(String letter, String cookie, Map<String, String> contextParams) {
        this.letter = letter;
        this.cookie = cookie;
        this.contextParams = contextParams;
    }

    /** The session cookie's name. */
    String cookie() {
        return cookie;
    }

    Map<String, String> contextParams() {
        return contextParams;
    }

    /** The path of such an application; all are of one length, as they are parts of what is compared. */
    String context(Limpet limpet) {
        return "/" + letter + limpet.letter();
    }

    /** What to talk with such an application about. */
    List<Conversation> conversations() {
        return this == COOKIE ? Conversation.ALL : Conversation.OF_COOKIES;
    }
}
