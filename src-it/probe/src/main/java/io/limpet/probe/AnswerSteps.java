package io.limpet.probe;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Status, headers, cookies, redirects and errors. */
final class AnswerSteps {

    static final Map<String, Step> ALL = Map.ofEntries(
            Map.entry("status", Step.here((scene, status) -> scene.response().setStatus(Integer.parseInt(status)))),
            Map.entry("header", Step.here((scene, pair) -> header(scene, pair, false))),
            Map.entry("add-header", Step.here((scene, pair) -> header(scene, pair, true))),
            Map.entry("header-null", Step.here((scene, name) -> scene.response().setHeader(name, null))),
            Map.entry(
                    "add-header-null",
                    Step.here((scene, name) -> scene.response().addHeader(name, null))),
            Map.entry("headers", Step.here(AnswerSteps::headers)),
            Map.entry("cookie", Step.here(AnswerSteps::cookie)),
            Map.entry("redirect", Step.here((scene, url) -> scene.response().sendRedirect(url))),
            Map.entry(
                    "redirect-encoded",
                    Step.here((scene, url) ->
                            scene.response().sendRedirect(scene.response().encodeRedirectURL(url)))),
            Map.entry("redirect-keeping", Step.here((scene, url) -> redirect(scene, url, "keeping"))),
            Map.entry("redirect-307", Step.here((scene, url) -> redirect(scene, url, "307"))),
            Map.entry("redirect-303-keeping", Step.here((scene, url) -> redirect(scene, url, "303 keeping"))),
            Map.entry("error", AnswerSteps::error),
            Map.entry(
                    "send-error", Step.here((scene, status) -> scene.response().sendError(Integer.parseInt(status)))),
            Map.entry("throw", (scene, argument) -> {
                throw new ProbeFailure();
            }));

    private AnswerSteps() {}

    private static void header(Scene scene, String pair, boolean add) {
        String[] parts = decoded(pair).split("=", 2);
        if (add) {
            scene.response().addHeader(parts[0], parts[1]);
        } else {
            scene.response().setHeader(parts[0], parts[1]);
        }
    }

    private static void headers(Scene scene, String name) throws IOException {
        scene.say(name + " is set " + scene.response().containsHeader(name));
    }

    private static void cookie(Scene scene, String pair) {
        String[] parts = decoded(pair).split("=", 2);
        Cookie cookie = new Cookie(parts[0], parts[1]);
        cookie.setHttpOnly(true);
        cookie.setAttribute("SameSite", "Lax");
        scene.response().addCookie(cookie);
    }

    private static String decoded(String argument) {
        return URLDecoder.decode(argument, StandardCharsets.UTF_8);
    }

    /** The overloads came with Servlet 6.1. */
    private static void redirect(Scene scene, String url, String kind) throws Exception {
        try {
            switch (kind) {
                case "keeping" -> overload(boolean.class).invoke(scene.response(), url, false);
                case "307" -> overload(int.class).invoke(scene.response(), url, 307);
                default -> overload(int.class, boolean.class).invoke(scene.response(), url, 303, false);
            }
        } catch (NoSuchMethodException e) {
            scene.say("no such redirect in this version");
        } catch (InvocationTargetException e) {
            scene.say("redirect throws " + e.getTargetException().getClass().getSimpleName());
        }
    }

    private static Method overload(Class<?>... more) throws NoSuchMethodException {
        return more.length == 1
                ? HttpServletResponse.class.getMethod("sendRedirect", String.class, more[0])
                : HttpServletResponse.class.getMethod("sendRedirect", String.class, more[0], more[1]);
    }

    private static Step.Next error(Scene scene, String argument) throws IOException {
        String[] parts = argument.split("=", 2);
        if (parts.length == 2) {
            scene.response().sendError(Integer.parseInt(parts[0]), parts[1]);
        } else {
            scene.response().sendError(Integer.parseInt(parts[0]));
        }
        return Step.Next.ELSEWHERE;
    }
}
