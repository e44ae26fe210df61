package io.limpet.route;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * Finds the cookies of this name (case-sensitive) in the values of all {@code Cookie} lines of a request. One whose
     * value no server may write (RFC 6265 §4.1.1) is taken out: it is nobody's session, and some containers answer 500 to
     * it.
     */
    public static SessionCookies in(List<String> lines, String name) {
        SessionCookies all = all(lines, name);
        List<Place> broken = List.of();
        for (Place place : all.places) {
            if (!all.isWritable(place)) {
                broken = new ArrayList<>(broken);
                broken.add(place);
            }
        }
        return broken.isEmpty() ? all : all(all.without(broken), name);
    }

    private static SessionCookies all(List<String> lines, String name) {
        List<Place> places = new ArrayList<>(1);
        for (int i = 0; i < lines.size(); i++) {
            find(lines.get(i), i, name, places);
        }
        return new SessionCookies(List.copyOf(lines), places);
    }

    private boolean isWritable(Place place) {
        String line = lines.get(place.line);
        for (int i = place.valueStart; i < place.valueEnd; i++) {
            if (!isCookieOctet(line.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCookieOctet(int c) {
        return c > ' ' && c < 0x7f && c != '"' && c != ',' && c != ';' && c != '\\';
    }

    /** The lines that a request has of these: all but such session cookies as no server may write. */
    public List<String> lines() {
        return lines;
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
        List<String> values = new ArrayList<>(places.size());
        for (Place place : places) {
            values.add(lines.get(place.line).substring(place.valueStart, place.valueEnd));
        }
        return Collections.unmodifiableList(values);
    }

    /**
     * The lines with exactly one session cookie left: the one at this position in {@link #values()}, with a new value and
     * without the spaces and quotation marks that stood around the old one.
     *
     * @throws IndexOutOfBoundsException when there is no such cookie
     */
    public List<String> keepOnly(int position, String value) {
        Place kept = places.get(position);
        return edited(places, place -> place.equals(kept) ? Optional.of(value) : Optional.empty());
    }

    /** The lines without any session cookie. */
    public List<String> linesWithoutAny() {
        return places.isEmpty() ? lines : without(places);
    }

    private List<String> without(List<Place> removed) {
        return edited(removed, place -> Optional.empty());
    }

    /** The lines with a new value at some places, and without the pair at the others. */
    private List<String> edited(List<Place> edits, Function<Place, Optional<String>> newValue) {
        List<String> result = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            String line = edited(i, edits, newValue);
            if (!line.isEmpty()) {
                result.add(line);
            }
        }
        return result;
    }

    private String edited(int index, List<Place> edits, Function<Place, Optional<String>> newValue) {
        String line = lines.get(index);
        StringBuilder result = new StringBuilder(line.length());
        int copied = 0;
        for (Place place : edits) {
            if (place.line != index) {
                continue;
            }
            Optional<String> value = newValue.apply(place);
            if (value.isPresent()) {
                result.append(line, copied, place.nameEnd).append('=').append(value.get());
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
