package io.limpet.route;

import java.util.ArrayList;
import java.util.List;

/**
 * The session cookies in the {@code Cookie} lines of one request (RFC 6265 §4.2.1). There may be several: of other
 * paths, or tossed in by a sibling domain; HTTP/2 may also split the lines (RFC 9113 §8.2.3).
 *
 * <p>Immutable. Everything but the session cookies keeps its bytes and its order.
 */
public final class SessionCookies {

    /** Where one session cookie's pair and value stand, and where its name ends; a pair reaches to before its ';'. */
    private record Place(int line, int pairStart, int nameEnd, int pairEnd, int valueStart, int valueEnd) {}

    private final List<String> lines;
    private final List<Place> places;

    private SessionCookies(List<String> lines, List<Place> places) {
        this.lines = lines;
        this.places = places;
    }

    /** Finds the cookies of this name (case-sensitive) in the values of all {@code Cookie} lines of a request. */
    public static SessionCookies in(List<String> lines, String name) {
        List<Place> places = new ArrayList<>(1);
        for (int i = 0; i < lines.size(); i++) {
            find(lines.get(i), i, name, places);
        }
        return new SessionCookies(List.copyOf(lines), places);
    }

    private static void find(String line, int index, String name, List<Place> found) {
        int start = 0;
        while (start < line.length()) {
            int semicolon = line.indexOf(';', start);
            int end = semicolon < 0 ? line.length() : semicolon;
            int nameStart = skipSpace(line, start, end);
            int equals = nameStart + name.length();
            if (line.startsWith(name, nameStart) && nextIs('=', line, skipSpace(line, equals, end), end)) {
                int valueStart = skipSpace(line, line.indexOf('=', equals) + 1, end);
                int valueEnd = trimSpace(line, valueStart, end);
                boolean quoted = valueEnd - valueStart >= 2
                        && line.charAt(valueStart) == '"'
                        && line.charAt(valueEnd - 1) == '"';
                int quote = quoted ? 1 : 0;
                found.add(new Place(index, start, equals, end, valueStart + quote, valueEnd - quote));
            }
            start = end + 1;
        }
    }

    /** The values of all session cookies, in the order in which they stand; quotation marks are not part of them. */
    public List<String> values() {
        return places.stream()
                .map(place -> lines.get(place.line).substring(place.valueStart, place.valueEnd))
                .toList();
    }

    /**
     * The lines with exactly one session cookie left: the one at this position in {@link #values()}, with a new value and
     * without the spaces and quotation marks that stood around the old one.
     *
     * <p>With none left when the new value has characters that no container can have written (RFC 6265 §4.1.1): nobody
     * finds a session by it, and Undertow answers 500 when it clears such a cookie.
     *
     * @throws IndexOutOfBoundsException when there is no such cookie
     */
    public List<String> keepOnly(int position, String value) {
        Place kept = places.get(position);
        List<String> result = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String line = rewrite(i, kept, value);
            if (!line.isEmpty()) {
                result.add(line);
            }
        }
        return result;
    }

    private String rewrite(int index, Place kept, String value) {
        String line = lines.get(index);
        StringBuilder result = new StringBuilder(line.length());
        int copied = 0;
        for (Place place : places) {
            if (place.line != index) {
                continue;
            }
            if (place.equals(kept) && isCookieValue(value)) {
                result.append(line, copied, place.nameEnd).append('=').append(value);
                copied = place.pairEnd;
            } else {
                result.append(line, copied, place.pairStart);
                copied = Math.min(place.pairEnd + 1, line.length());
            }
        }
        String rewritten = result.append(line, copied, line.length()).toString();
        return copied == 0 ? line : withoutLooseEnds(rewritten);
    }

    /** A removed first or last pair leaves a separator that RFC 6265 §4.2.1 does not allow. */
    private static String withoutLooseEnds(String line) {
        int start = skipSpace(line, 0, line.length());
        int end = trimSpace(line, start, line.length());
        if (end > start && line.charAt(end - 1) == ';') {
            end = trimSpace(line, start, end - 1);
        }
        return line.substring(start, end);
    }

    private static boolean isCookieValue(String value) {
        return value.chars().allMatch(c -> c > ' ' && c < 0x7f && "\",;\\".indexOf(c) < 0);
    }

    private static boolean nextIs(char expected, String line, int at, int end) {
        return at < end && line.charAt(at) == expected;
    }

    private static int skipSpace(String line, int from, int end) {
        int i = from;
        while (i < end && isSpace(line.charAt(i))) {
            i++;
        }
        return Math.min(i, end);
    }

    private static int trimSpace(String line, int from, int end) {
        int i = end;
        while (i > from && isSpace(line.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
