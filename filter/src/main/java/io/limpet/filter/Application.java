package io.limpet.filter;

import java.util.Locale;

/**
 * What the filter of one application tells of it.
 *
 * @param context its context path
 * @param failover {@code off}, {@code healthy} or {@code degraded}
 * @param sessions its live sessions on this node
 * @param sequence the number of that count
 * @param inFlight its requests that are not answered yet
 */
record Application(String context, String failover, long sessions, long sequence, long inFlight) {

    private static final String HEALTHY = "healthy";

    /** Nothing is under way, and nothing is here alone. */
    boolean isEmpty() {
        return inFlight == 0 && (sessions == 0 || failover.equals(HEALTHY));
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"context\":\"%s\",\"failover\":\"%s\",\"sessions\":%d,\"seq\":%d,\"inFlight\":%d}",
                escaped(context),
                failover,
                sessions,
                sequence,
                inFlight);
    }

    /** As a JSON string holds it (RFC 8259 §7). */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
