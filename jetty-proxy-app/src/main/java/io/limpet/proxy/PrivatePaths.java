package io.limpet.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The paths that nodes answer to the proxy alone, in any context: their status, and the order to drain. From outside
 * they do not exist, however they are written: servers differ in whether they decode before they drop parameters,
 * whether they decode twice, and what they make of a backslash.
 */
final class PrivatePaths {

    /** What follows is refused too: a container may map a longer path to the same filter, or trim it. */
    private static final Pattern PRIVATE = Pattern.compile("/limpet/(?:status|drain)(?![A-Za-z0-9_-])");

    private static final Pattern SEPARATORS = Pattern.compile("[/\\\\]+");
    private static final Pattern PARAMETERS = Pattern.compile(";[^/\\\\]*");
    private static final Pattern ENCODED = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** A path that is still encoded after so many times is no application's. */
    private static final int DECODINGS = 4;

    private PrivatePaths() {}

    /**
     * Whether a path can be read as one of them.
     *
     * @param path as the client wrote it; null when the request has none
     */
    static boolean include(@Nullable String path) {
        if (path == null || (!path.contains("limpet") && path.indexOf('%') < 0)) {
            return false;
        }
        String read = path;
        for (int i = 0; i < DECODINGS; i++) {
            if (isPrivate(read)) {
                return true;
            }
            String decoded = decode(read);
            if (decoded.equals(read)) {
                return false;
            }
            read = decoded;
        }
        return true;
    }

    /** Both orders count: parameters dropped before dots are resolved, as Tomcat does, and never. */
    private static boolean isPrivate(String path) {
        return PRIVATE.matcher(path).find()
                || PRIVATE.matcher(resolve(path)).find()
                || PRIVATE.matcher(resolve(PARAMETERS.matcher(path).replaceAll("")))
                        .find();
    }

    /** Without dot segments (RFC 3986 §5.2.4), empty segments and backslashes. */
    private static String resolve(String path) {
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : SEPARATORS.split(path, -1)) {
            if (segment.equals("..")) {
                segments.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return "/" + String.join("/", segments);
    }

    private static String decode(String path) {
        Matcher encoded = ENCODED.matcher(path);
        if (!encoded.find()) {
            return path;
        }
        String octets = encoded.replaceAll(
                octet -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(octet.group(1), 16))));
        return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
