package io.limpet.filter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST <context>/limpet/drain} begins to empty the node, {@code DELETE} calls it off. With {@code ?wait=30s} it is
 * answered when the node is empty, or after that time, ten minutes at most: for a preStop hook of Kubernetes, or a script
 * that stops the node next.
 */
final class DrainPage {

    /** Behind the context path. */
    static final String PATH = "/limpet/drain";

    private static final Pattern WAIT = Pattern.compile("wait=(\\d{1,6})(ms|s|m)");
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final PrivatePage page;
    private final NodeStatus status;
    private final Draining draining;

    DrainPage(PrivatePage page, NodeStatus status, Draining draining) {
        this.page = page;
        this.status = status;
        this.draining = draining;
    }

    /** Answers the request when it is for this page. */
    boolean answers(HttpServletRequest request, String lastPart, HttpServletResponse response) throws IOException {
        if (!page.isAskedFor(request, lastPart)) {
            return false;
        }
        if (!page.mayChange(request)) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return true;
        }
        switch (request.getMethod()) {
            case "POST" -> drain(request, response);
            case "DELETE" -> {
                draining.end();
                status.write(response);
            }
            default -> {
                response.setHeader("Allow", "POST, DELETE");
                response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            }
        }
        return true;
    }

    private void drain(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<Duration> wait = wait(request.getQueryString());
        if (wait.isEmpty()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "write ?wait=30s, 10m at most, or nothing");
            return;
        }
        draining.begin("it was told to");
        boolean drained = draining.await(wait.get());
        response.setHeader("Limpet-Drained", Boolean.toString(drained));
        status.write(response);
    }

    /** Empty when it cannot be read. */
    static Optional<Duration> wait(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return Optional.of(Duration.ZERO);
        }
        Matcher matcher = WAIT.matcher(query);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        Duration wait = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            default -> Duration.ofMinutes(number);
        };
        return Optional.of(wait).filter(it -> it.compareTo(LONGEST) <= 0);
    }
}
