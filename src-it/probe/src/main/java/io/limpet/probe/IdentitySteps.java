package io.limpet.probe;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an application asks of who the client and its session are, and the logins that change it. */
final class IdentitySteps {

    static final Map<String, Step> ALL = Map.ofEntries(
            Map.entry("change-id", Step.here(IdentitySteps::changeId)),
            Map.entry("requested", Step.here(IdentitySteps::requested)),
            Map.entry("encode", Step.here(IdentitySteps::encode)),
            Map.entry("encode-null", Step.here((scene, argument) -> encode(scene, null))),
            Map.entry("cookies", Step.here(IdentitySteps::cookies)),
            Map.entry(
                    "told",
                    Step.here((scene, header) ->
                            scene.say(header + " says " + scene.request().getHeader(header)))),
            Map.entry("attributes", Step.here(IdentitySteps::attributes)),
            Map.entry("where", Step.here(IdentitySteps::where)),
            Map.entry("affinity", Step.here((scene, argument) -> AffinitySteps.say(scene))),
            Map.entry(
                    "user",
                    Step.here(
                            (scene, name) -> scene.say("user " + scene.request().getRemoteUser()))),
            Map.entry("login", Step.here(IdentitySteps::login)),
            Map.entry("logout", Step.here((scene, name) -> scene.request().logout())),
            Map.entry("authenticate", Step.here(IdentitySteps::authenticate)));

    private IdentitySteps() {}

    private static void changeId(Scene scene, String argument) throws IOException {
        String id = scene.request().changeSessionId();
        scene.say("changed to " + Scene.id(id) + ", which is the session's "
                + id.equals(scene.session().getId()));
    }

    private static void requested(Scene scene, String argument) throws IOException {
        HttpServletRequest request = scene.request();
        scene.say("requested " + Scene.id(request.getRequestedSessionId()) + " valid "
                + request.isRequestedSessionIdValid() + " from cookie " + request.isRequestedSessionIdFromCookie()
                + " from url " + request.isRequestedSessionIdFromURL());
    }

    private static void encode(Scene scene, @Nullable String url) throws IOException {
        scene.say("url " + scene.response().encodeURL(url) + " redirect "
                + scene.response().encodeRedirectURL(url));
    }

    private static void cookies(Scene scene, String argument) throws IOException {
        jakarta.servlet.http.Cookie[] cookies = scene.request().getCookies();
        List<String> names = cookies == null
                ? List.of()
                : List.of(cookies).stream().map(cookie -> cookie.getName()).toList();
        scene.say("cookies " + names);
    }

    /** Those that are neither the container's nor the probe's own. */
    private static void attributes(Scene scene, String argument) throws IOException {
        List<String> names = Collections.list(scene.request().getAttributeNames()).stream()
                .filter(name -> !name.startsWith("probe."))
                .sorted()
                .toList();
        scene.say("request attributes " + names);
    }

    private static void where(Scene scene, String argument) throws IOException {
        HttpServletRequest request = scene.request();
        scene.say(request.getDispatcherType() + " " + request.getMethod() + " " + request.getRequestURI() + " "
                + request.getServletPath() + " " + request.getQueryString() + " async " + request.isAsyncStarted());
    }

    private static void login(Scene scene, String argument) throws IOException, ServletException {
        String[] pair = argument.split("=", 2);
        scene.request().login(pair[0], pair[1]);
        scene.say("logged in as " + scene.request().getRemoteUser());
    }

    private static void authenticate(Scene scene, String argument) throws IOException, ServletException {
        boolean authenticated = scene.request().authenticate(scene.response());
        if (authenticated) {
            scene.say("authenticated");
        }
    }
}
