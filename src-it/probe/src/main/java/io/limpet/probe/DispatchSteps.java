package io.limpet.probe;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Map;

/** How an application hands a request on within the container. */
final class DispatchSteps {

    static final Map<String, Step> ALL = Map.ofEntries(
            Map.entry("forward", DispatchSteps::forward),
            Map.entry("forward-wrapped", DispatchSteps::forwardWrapped),
            Map.entry("forward-named", DispatchSteps::forwardNamed),
            Map.entry("include", DispatchSteps::include),
            Map.entry("cross", DispatchSteps::cross));

    private DispatchSteps() {}

    private static Step.Next forward(Scene scene, String argument) throws IOException, ServletException {
        to(scene, argument.isEmpty() ? "/forwarded" : argument).forward(scene.request(), scene.response());
        return Step.Next.ELSEWHERE;
    }

    private static Step.Next forwardWrapped(Scene scene, String argument) throws IOException, ServletException {
        to(scene, "/forwarded")
                .forward(
                        new HttpServletRequestWrapper(scene.request()),
                        new HttpServletResponseWrapper(scene.response()));
        return Step.Next.ELSEWHERE;
    }

    private static Step.Next forwardNamed(Scene scene, String argument) throws IOException, ServletException {
        scene.request().getServletContext().getNamedDispatcher("probe").forward(scene.request(), scene.response());
        return Step.Next.ELSEWHERE;
    }

    private static RequestDispatcher to(Scene scene, String path) {
        return scene.request().getRequestDispatcher(path);
    }

    /** The target does all the steps that follow, and what the includer still writes comes behind. */
    private static Step.Next include(Scene scene, String argument) throws IOException, ServletException {
        to(scene, argument.isEmpty() ? "/included" : argument).include(scene.request(), scene.response());
        scene.say("included");
        return Step.Next.ELSEWHERE;
    }

    /** To another application below this one's path, where the container allows it; it does the steps that follow. */
    private static Step.Next cross(Scene scene, String path) throws IOException, ServletException {
        String context = scene.request().getContextPath() + path;
        ServletContext other = scene.request().getServletContext().getContext(context);
        if (other == null || other == scene.request().getServletContext()) {
            scene.say("no way to the other application");
            return Step.Next.HERE;
        }
        other.getRequestDispatcher("/forwarded").forward(scene.request(), scene.response());
        return Step.Next.ELSEWHERE;
    }
}
