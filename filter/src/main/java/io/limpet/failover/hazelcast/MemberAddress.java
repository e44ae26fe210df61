package io.limpet.failover.hazelcast;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a member of the cluster listens.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 1 to 65535; 0, only where this member binds: the first free one from {@link #DEFAULT_PORT} on
 */
public record MemberAddress(String host, int port) {

    /** Hazelcast's own. */
    public static final int DEFAULT_PORT = 5701;

    /** @throws IllegalArgumentException when the host is empty or the port out of range */
    public MemberAddress {
        if (host.isBlank() || host.contains("/") || host.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("'" + host + "' is no host; write '127.0.0.1:5701'");
        }
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " of '" + host + "' must be 1 to 65535");
        }
    }

    /**
     * Reads {@code host}, {@code host:port} or {@code [ipv6]:port}; without a port it is {@link #DEFAULT_PORT}.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static MemberAddress parse(String text) {
        String trimmed = text.strip();
        int bracket = trimmed.lastIndexOf(']');
        int colon = trimmed.indexOf(':', Math.max(bracket, 0));
        if (bracket < 0 && colon != trimmed.lastIndexOf(':')) {
            throw new IllegalArgumentException("'" + trimmed + "' has several colons; write IPv6 as '[::1]:5701'");
        }
        String host = colon < 0 ? trimmed : trimmed.substring(0, colon);
        int port = colon < 0 ? DEFAULT_PORT : parsePort(trimmed.substring(colon + 1), trimmed);
        if (bracket < 0) {
            return new MemberAddress(host, port);
        }
        if (!host.startsWith("[") || !host.endsWith("]")) {
            throw new IllegalArgumentException("'" + trimmed + "' is no address; write IPv6 as '[::1]:5701'");
        }
        return new MemberAddress(host.substring(1, host.length() - 1), port);
    }

    /**
     * Reads a list separated by commas; empty items are skipped.
     *
     * @throws IllegalArgumentException naming every item that is no address
     */
    public static List<MemberAddress> parseList(String text) {
        List<MemberAddress> addresses = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            if (item.isBlank()) {
                continue;
            }
            try {
                addresses.add(parse(item));
            } catch (IllegalArgumentException e) {
                mistakes.add(String.valueOf(e.getMessage()));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", mistakes));
        }
        return addresses;
    }

    private static int parsePort(String text, String whole) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) == 0) {
            throw new IllegalArgumentException("'" + whole + "' has no valid port; write 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
