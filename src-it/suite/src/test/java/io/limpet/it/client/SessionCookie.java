package io.limpet.it.client;

/**
 * A {@code Set-Cookie} line of the session, taken apart.
 *
 * @param value with the route
 * @param attributes everything behind the value, as it was written
 */
public record SessionCookie(String value, String attributes) {

    static final String NAME = "JSESSIONID";

    static SessionCookie parse(String line) {
        int end = line.indexOf(';');
        String pair = end < 0 ? line : line.substring(0, end);
        return new SessionCookie(pair.substring(NAME.length() + 1), line.substring(pair.length()));
    }

    /** The last segment. */
    public String route() {
        return value.substring(value.lastIndexOf('.') + 1);
    }

    /** The value without its last segment. */
    public String untagged() {
        return value.substring(0, Math.max(0, value.lastIndexOf('.')));
    }
}
