package io.limpet.proxy.node;

import io.limpet.route.Route;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * One order of the operator's.
 *
 * @param node the node's name
 * @param context the context path that it is about, {@code /shop}; empty: all of the node
 * @param order what is wanted
 * @param deadline when a drain is over at the latest, counted from the order
 */
public record Ordered(Route node, String context, Order order, Duration deadline) {

    private static final Pattern CONTEXT = Pattern.compile("(?:/[A-Za-z0-9._~!$&'()*+,=:@%-]+)*");

    /** @throws IllegalArgumentException when the context is no context path, or the deadline is negative */
    public Ordered {
        if (!isContext(context)) {
            throw new IllegalArgumentException("'" + context + "' is no context path; write '/shop'");
        }
        if (deadline.isNegative()) {
            throw new IllegalArgumentException("a deadline of " + deadline + " is before its order");
        }
    }

    /** Whether this is a context path; the root's is empty. */
    public static boolean isContext(String text) {
        return CONTEXT.matcher(text).matches();
    }

    /** Whether a request of this path is of the application with this context path; of the root's, empty, all are. */
    public static boolean covers(String context, String path) {
        return path.startsWith(context) && (path.length() == context.length() || path.charAt(context.length()) == '/');
    }
}
