package io.limpet.filter;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashSet;
import java.util.Set;

/**
 * Which values of a response carry this node's route already. It cannot be read off them: a container may put a route of
 * its own behind its ids that equals ours (Tomcat's {@code jvmRoute}, Jetty's {@code workerName}, WildFly's
 * {@code instance-id}), and then {@code 4F2A.n1} is not tagged yet.
 *
 * <p>Kept in the request as a type of the JDK, since an error page, and another application that this one forwards to,
 * have the same response and perhaps another class loader.
 */
final class TaggedValues {

    static final String ATTRIBUTE = "io.limpet.tagged";

    /** Tells the proxy, which tags whatever is not told: what was written past the filter. */
    static final String HEADER = "Limpet-Tagged";

    private TaggedValues() {}

    static boolean contain(String value, HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Set<?> tagged && tagged.contains(value);
    }

    /** Remembers it, and has the proxy told if it is there to hear it. */
    static void add(String value, HttpServletRequest request, HttpServletResponse response) {
        if (!contain(value, request)) {
            Set<Object> tagged = new HashSet<>();
            if (request.getAttribute(ATTRIBUTE) instanceof Set<?> before) {
                tagged.addAll(before);
            }
            tagged.add(value);
            request.setAttribute(ATTRIBUTE, Set.copyOf(tagged)); // immutable: an asynchronous thread may read it
        }
        if (ProxyChoice.isIn(request)
                && isPrintable(value)
                && !response.isCommitted()
                && !response.getHeaders(HEADER).contains(value)) {
            response.addHeader(HEADER, value);
        }
    }

    /** In a URL the application may have put anything. */
    private static boolean isPrintable(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }
}
