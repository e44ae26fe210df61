package io.limpet.rival.proxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session cookie with the route behind its last dot: what all proxies of the benchmark read and take away. */
final class SuffixCookie {

    private static final Pattern SESSION = Pattern.compile("(JSESSIONID=[^.;]*)\\.([^;]*)");

    private SuffixCookie() {}

    /** The line without the route. */
    static String stripped(String line) {
        return SESSION.matcher(line).replaceFirst("$1");
    }

    /** The route, or the other text when there is none. */
    static String route(String line, String otherwise) {
        Matcher session = SESSION.matcher(line);
        return session.find() ? session.group(2) : otherwise;
    }
}
