package io.limpet.proxy.node;

/**
 * Paths, written as in a servlet mapping (Jakarta Servlet 6.0 §12.2): {@code /static/*}, {@code *.css}, or one exact path.
 *
 * @param text the pattern
 */
public record PathPattern(String text) {

    /** @throws IllegalArgumentException when it is none of the three */
    public PathPattern {
        boolean prefix = text.startsWith("/") && text.indexOf('*') == text.length() - 1 && text.endsWith("/*");
        boolean suffix = text.startsWith("*.") && text.length() > 2 && text.indexOf('/') < 0;
        boolean exact = text.startsWith("/") && text.indexOf('*') < 0;
        if (!prefix && !exact && !(suffix && text.lastIndexOf('*') == 0)) {
            throw new IllegalArgumentException("'" + text + "' is no '/static/*', '*.css' or '/favicon.ico'");
        }
    }

    /** Whether it means this path, without parameters and query. */
    public boolean matches(String path) {
        if (text.startsWith("*")) {
            return path.endsWith(text.substring(1));
        }
        if (text.endsWith("/*")) {
            return path.startsWith(text.substring(0, text.length() - 1))
                    || path.equals(text.substring(0, text.length() - 2));
        }
        return path.equals(text);
    }
}
