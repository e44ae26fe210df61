package io.limpet.route;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * The session id in a URL, for clients without cookies: {@code /cart;jsessionid=4F2A.n1?a=b} (Jakarta Servlet 6.0
 * §7.1.3). Works on whole URLs and on raw paths; only path parameters count, never the query or the fragment, and an empty
 * one is none.
 *
 * <p>Of several the last one counts most, as containers write theirs behind what is there; which one they read differs.
 */
public final class SessionPath {

    private static final String BY_THE_SPECIFICATION = "jsessionid";

    /** A parameter, from its semicolon on; its value is between the other two. */
    private record Place(int semicolon, int valueStart, int end) {
        String value(String url) {
            return url.substring(valueStart, end);
        }

        boolean isEmpty() {
            return valueStart == end;
        }
    }

    private SessionPath() {}

    /**
     * The names that the parameter may have with a session cookie of this name. Jetty keeps to the specification's, Tomcat
     * takes the cookie's as it is when the application has named it, Undertow always the cookie's in small letters.
     */
    public static List<String> parameters(String cookie) {
        return List.copyOf(new LinkedHashSet<>(List.of(BY_THE_SPECIFICATION, cookie, cookie.toLowerCase(Locale.ROOT))));
    }

    /** The values of all session parameters, the last one first; names are case-sensitive. */
    public static List<String> values(String url, List<String> names) {
        List<String> values = new ArrayList<>();
        for (Place place : places(url, names)) {
            if (!place.isEmpty()) {
                values.add(0, place.value(url));
            }
        }
        return values;
    }

    /** The URL with the value of its last session parameter rewritten; a URL without one stays as it is. */
    public static String rewrite(String url, List<String> names, UnaryOperator<String> newValue) {
        List<Place> places = places(url, names);
        for (int i = places.size() - 1; i >= 0; i--) {
            Place place = places.get(i);
            if (!place.isEmpty()) {
                return url.substring(0, place.valueStart) + newValue.apply(place.value(url)) + url.substring(place.end);
            }
        }
        return url;
    }

    /** The URL with the values of all its session parameters rewritten. */
    public static String rewriteAll(String url, List<String> names, UnaryOperator<String> newValue) {
        StringBuilder rewritten = new StringBuilder(url.length());
        int copied = 0;
        for (Place place : places(url, names)) {
            if (!place.isEmpty()) {
                rewritten.append(url, copied, place.valueStart).append(newValue.apply(place.value(url)));
                copied = place.end;
            }
        }
        return copied == 0 ? url : rewritten.append(url, copied, url.length()).toString();
    }

    /**
     * The URL with exactly one session parameter left: the one at this position in {@link #values}, with a new value.
     *
     * @throws IndexOutOfBoundsException when there is no such parameter
     */
    public static String keepOnly(String url, List<String> names, int position, String value) {
        List<Place> places = places(url, names);
        List<Place> ids = places.stream().filter(place -> !place.isEmpty()).toList();
        Place kept = ids.get(ids.size() - 1 - position);
        StringBuilder rewritten = new StringBuilder(url.length());
        int copied = 0;
        for (Place place : places) {
            if (place.equals(kept)) {
                rewritten.append(url, copied, place.valueStart).append(value);
            } else {
                rewritten.append(url, copied, place.semicolon);
            }
            copied = place.end;
        }
        return rewritten.append(url, copied, url.length()).toString();
    }

    /** All session parameters of these names, in the order in which they stand. */
    private static List<Place> places(String url, List<String> names) {
        int semicolon = url.indexOf(';');
        if (semicolon < 0) {
            return List.of();
        }
        int pathEnd = pathEnd(url);
        List<Place> places = new ArrayList<>(1);
        while (semicolon >= 0 && semicolon < pathEnd) {
            int valueStart = valueStart(url, semicolon + 1, pathEnd, names);
            if (valueStart > 0) {
                places.add(new Place(semicolon, valueStart, valueEnd(url, valueStart, pathEnd)));
            }
            semicolon = url.indexOf(';', semicolon + 1);
        }
        return places;
    }

    /** The index behind the parameter's equals sign, or -1 when it has another name. */
    private static int valueStart(String url, int start, int pathEnd, List<String> names) {
        for (String name : names) {
            int equals = start + name.length();
            if (equals < pathEnd && url.startsWith(name, start) && url.charAt(equals) == '=') {
                return equals + 1;
            }
        }
        return -1;
    }

    private static int valueEnd(String url, int start, int pathEnd) {
        for (int i = start; i < pathEnd; i++) {
            if (url.charAt(i) == ';' || url.charAt(i) == '/') {
                return i;
            }
        }
        return pathEnd;
    }

    private static int pathEnd(String url) {
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                return i;
            }
        }
        return url.length();
    }
}
