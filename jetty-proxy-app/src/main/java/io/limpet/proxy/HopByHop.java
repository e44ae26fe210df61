package io.limpet.proxy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The header fields that belong to one connection and are not forwarded: those that RFC 9110 §7.6.1 lists, and those
 * that the message's own {@code Connection} field names.
 *
 * <p>{@code Host} and {@code Content-Length} are forwarded whatever {@code Connection} says: a client that names them
 * there would take them from the node, which would then take the body for the next request.
 */
final class HopByHop {

    private static final Set<String> ALWAYS = Set.of(
            "connection",
            "http2-settings",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade");

    /** Those of them of which Jetty knows the names: most fields are known, and none of these. */
    private static final Set<HttpHeader> ALWAYS_KNOWN = Arrays.stream(HttpHeader.values())
            .filter(header -> ALWAYS.contains(header.lowerCaseName()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(HttpHeader.class)));

    private static final HopByHop NOTHING_NAMED = new HopByHop(Set.of());

    /** What a message cannot do without, whatever its sender names. */
    private static final Set<String> NEVER = Set.of("content-length", "host");

    private final Set<String> named;

    private HopByHop(Set<String> named) {
        this.named = named;
    }

    /** The fields of one message that are not forwarded. */
    static HopByHop of(HttpFields headers) {
        if (namesNothing(headers)) {
            return NOTHING_NAMED;
        }
        List<String> connection = headers.getCSV(HttpHeader.CONNECTION, false);
        Set<String> named = new HashSet<>();
        connection.forEach(name -> named.add(name.toLowerCase(Locale.ROOT)));
        named.removeAll(NEVER);
        named.removeAll(ALWAYS);
        return new HopByHop(named);
    }

    /** Without such a field, or with nothing in it than what most say who have it. */
    private static boolean namesNothing(HttpFields headers) {
        for (HttpField field : headers) {
            if (field.getHeader() == HttpHeader.CONNECTION && !"keep-alive".equalsIgnoreCase(field.getValue())) {
                return false;
            }
        }
        return true;
    }

    boolean includes(HttpField field) {
        if (named.isEmpty() && field.getHeader() != null) {
            return ALWAYS_KNOWN.contains(field.getHeader());
        }
        String name = field.getLowerCaseName();
        return ALWAYS.contains(name) || named.contains(name);
    }
}
