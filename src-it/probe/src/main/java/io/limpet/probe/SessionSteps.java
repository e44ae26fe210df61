package io.limpet.probe;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What an application does to its session. */
final class SessionSteps {

    static final Map<String, Step> ALL = Map.ofEntries(
            Map.entry("create", Step.here((scene, argument) -> scene.request().getSession())),
            Map.entry("peek", Step.here(SessionSteps::peek)),
            Map.entry("set", Step.here(SessionSteps::set)),
            Map.entry("set-null", Step.here((scene, name) -> scene.session().setAttribute(name, null))),
            Map.entry("set-list", Step.here((scene, name) -> scene.session().setAttribute(name, new ArrayList<>()))),
            Map.entry("add", Step.here(SessionSteps::add)),
            Map.entry("remove", Step.here((scene, name) -> scene.session().removeAttribute(name))),
            Map.entry("bind", Step.here((scene, name) -> scene.session().setAttribute(name, new Bound(name)))),
            Map.entry("keep", Step.here((scene, name) -> scene.request().setAttribute("kept", scene.session()))),
            Map.entry("kept", Step.here((scene, name) -> describe(kept(scene), scene))),
            Map.entry("kept-set", Step.here((scene, name) -> kept(scene).setAttribute(name, name))),
            Map.entry("kept-invalidate", Step.here((scene, name) -> kept(scene).invalidate())),
            Map.entry("state", Step.here((scene, argument) -> describe(scene.session(), scene))),
            Map.entry(
                    "max-inactive",
                    Step.here((scene, seconds) -> scene.session().setMaxInactiveInterval(Integer.parseInt(seconds)))),
            Map.entry(
                    "invalidate", Step.here((scene, argument) -> scene.session().invalidate())),
            Map.entry(
                    "invalidate-past",
                    Step.here((scene, argument) -> pastTheFilter(scene).invalidate())),
            Map.entry("same", Step.here(SessionSteps::same)),
            Map.entry("accessor", Step.here(SessionSteps::accessor)));

    private SessionSteps() {}

    private static void peek(Scene scene, String argument) throws IOException {
        HttpSession session = scene.request().getSession(false);
        scene.say("peek " + (session == null ? "nothing" : Scene.id(session.getId())));
    }

    private static void set(Scene scene, String argument) {
        String[] pair = argument.split("=", 2);
        scene.session().setAttribute(pair[0], pair[1]);
    }

    /** Changes an attribute's value without setting it again. */
    @SuppressWarnings("unchecked") // the script has put it there
    private static void add(Scene scene, String argument) {
        String[] pair = argument.split("=", 2);
        ((List<String>) scene.session().getAttribute(pair[0])).add(pair[1]);
    }

    private static HttpSession kept(Scene scene) {
        return (HttpSession) scene.request().getAttribute("kept");
    }

    /** The container's own session, as a library has it that knows the container. */
    private static HttpSession pastTheFilter(Scene scene) {
        ServletRequest request = scene.request();
        while (request instanceof ServletRequestWrapper wrapper) {
            request = wrapper.getRequest();
        }
        return ((HttpServletRequest) request).getSession();
    }

    private static void same(Scene scene, String argument) throws IOException {
        boolean same = scene.request().getSession() == scene.request().getSession(false);
        scene.say("the same session object: " + same);
    }

    private static void describe(HttpSession session, Scene scene) throws IOException {
        long now = System.currentTimeMillis();
        Map<String, String> attributes = new TreeMap<>();
        for (String name : Collections.list(session.getAttributeNames())) {
            // what a container keeps there for itself may show its address in memory
            Object value = name.startsWith("org.") ? "the container's" : session.getAttribute(name);
            attributes.put(name, String.valueOf(value));
        }
        scene.say("session " + Scene.id(session.getId()) + " new " + session.isNew() + " max "
                + session.getMaxInactiveInterval() + " of "
                + session.getServletContext().getContextPath()
                + (session.getServletContext() == scene.request().getServletContext() ? " mine" : " other"));
        scene.say("created in the past " + (session.getCreationTime() <= now) + ", used since "
                + (session.getLastAccessedTime() >= session.getCreationTime())
                + (session.isNew() && session.getLastAccessedTime() != session.getCreationTime()
                        ? ", though it is new"
                        : ""));
        scene.say("attributes " + attributes);
    }

    /** {@code HttpSession.getAccessor()} came with Servlet 6.1. */
    private static void accessor(Scene scene, String name) throws Exception {
        Method getAccessor;
        try {
            getAccessor = HttpSession.class.getMethod("getAccessor");
        } catch (NoSuchMethodException e) {
            scene.say("accessor is not in this version");
            return;
        }
        try {
            Object accessor = getAccessor.invoke(scene.session());
            Consumer<HttpSession> change = session -> session.setAttribute(name, "by accessor");
            getAccessor.getReturnType().getMethod("access", Consumer.class).invoke(accessor, change);
        } catch (InvocationTargetException e) {
            scene.say("accessor throws " + e.getTargetException().getClass().getSimpleName());
        }
    }
}
