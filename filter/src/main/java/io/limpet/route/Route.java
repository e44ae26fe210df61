package io.limpet.route;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A node's name as it stands in the session cookie: {@code n1} in {@code JSESSIONID=4F2A.n1}.
 *
 * <p>It is visible to every client, so a name that looks like a network address is not a route.
 *
 * @param name 1 to 32 characters of {@code [A-Za-z0-9_-]}
 */
public record Route(String name) {

    /** The longest name, in characters. */
    public static final int MAX_LENGTH = 32;

    private static final int SHORTEST_ADDRESS = "1-1-1-1".length();

    private static final Pattern ADDRESS = Pattern.compile("(?i)(ip[-_]?)?\\d{1,3}([-_]\\d{1,3}){3}");

    /** @throws IllegalArgumentException when the name is no token of 1 to 32 characters or looks like an address */
    public Route {
        if (!isToken(name, 0, name.length())) {
            throw new IllegalArgumentException("route '" + name + "' must be 1-32 characters from [A-Za-z0-9_-]");
        }
        if (looksLikeAnAddress(name)) {
            throw new IllegalArgumentException("route '" + name
                    + "' looks like an address and would tell every client about your network; write a name like 'n1'");
        }
    }

    /** The route of a name that a client sent: empty when it is none. */
    public static Optional<Route> parse(String name) {
        return isToken(name, 0, name.length()) && !looksLikeAnAddress(name)
                ? Optional.of(new Route(name))
                : Optional.empty();
    }

    /**
     * The route of a host: its first label with every other character than {@code [A-Za-z0-9_-]} replaced by {@code -},
     * or {@code node-} and eight hexadecimal digits of its SHA-256 when that would be empty or show an address.
     */
    public static Route ofHost(String host) {
        boolean numeric = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
        String label = numeric ? "" : host.split("\\.", 2)[0].replaceAll("[^A-Za-z0-9_-]", "-");
        String name = label.length() > MAX_LENGTH ? label.substring(0, MAX_LENGTH) : label;
        return parse(name).orElseGet(() -> new Route("node-" + digest(host)));
    }

    static boolean isToken(CharSequence text, int from, int to) {
        int length = to - from;
        if (length < 1 || length > MAX_LENGTH) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (!isTokenCharacter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean looksLikeAnAddress(String name) {
        // a name is read at every request, and most are short: this costs nothing, the expression a third of it all
        return name.length() >= SHORTEST_ADDRESS && ADDRESS.matcher(name).matches();
    }

    private static String digest(String host) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(host.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
