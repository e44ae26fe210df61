package io.limpet.probe;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The steps of one request, {@code ?create,set:a=1,forward,state}. They travel with it: what a forward, an error page or
 * another thread is to do stands behind the step that leads there.
 */
final class Script {

    private static final String REMAINING = "probe.steps";
    private static final Map<String, Step> KNOWN = new HashMap<>();

    static {
        KNOWN.putAll(SessionSteps.ALL);
        KNOWN.putAll(IdentitySteps.ALL);
        KNOWN.putAll(OutputSteps.ALL);
        KNOWN.putAll(AnswerSteps.ALL);
        KNOWN.putAll(DispatchSteps.ALL);
        KNOWN.putAll(AsyncSteps.ALL);
        KNOWN.putAll(GateSteps.ALL);
    }

    private Script() {}

    /** Does what is still to be done, until a step leads elsewhere. */
    static void run(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        run(new Scene(request, response, remaining(request)));
    }

    static void run(Scene scene) throws IOException, ServletException {
        while (!scene.steps().isEmpty()) {
            String[] step = scene.steps().removeFirst().split(":", 2);
            if (run(step[0], step.length == 2 ? step[1] : "", scene) == Step.Next.ELSEWHERE) {
                return;
            }
        }
    }

    /** What the container throws at the application is part of what the application sees. */
    private static Step.Next run(String name, String argument, Scene scene) throws IOException, ServletException {
        Step step = KNOWN.get(name);
        if (step == null) {
            throw new ServletException("no such step: " + name);
        }
        try {
            return step.run(scene, argument);
        } catch (ProbeFailure e) {
            throw e;
        } catch (Exception e) {
            scene.say(name + " throws " + e.getClass().getSimpleName());
            return Step.Next.HERE;
        }
    }

    /** Of a type of the JDK: another application that this one forwards to has classes of its own. */
    @SuppressWarnings("unchecked") // put there a few lines below
    private static Deque<String> remaining(HttpServletRequest request) {
        if (request.getAttribute(REMAINING) instanceof Deque<?> remaining) {
            return (Deque<String>) remaining;
        }
        String query = request.getQueryString();
        Deque<String> fromQuery = new ArrayDeque<>(query == null ? List.of() : List.of(query.split(",")));
        request.setAttribute(REMAINING, fromQuery);
        return fromQuery;
    }
}
