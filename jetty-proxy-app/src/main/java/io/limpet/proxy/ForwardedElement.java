package io.limpet.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one proxy says of a request in {@code Forwarded} (RFC 7239 §4).
 *
 * @param from the address of whom it had the request from, without brackets and port; or {@code unknown}
 * @param host empty when it does not say
 * @param proto empty when it does not say
 */
record ForwardedElement(String from, String host, String proto) {

    private static final String UNKNOWN = "unknown";

    /** One pair, and what comes behind it. */
    private static final Pattern PAIR = Pattern.compile(
            "[ \\t]*(?<name>[A-Za-z]+)=(?:(?<token>[!#$%&'*+.^_`|~0-9A-Za-z-]+)|\"(?<quoted>[^\"\\\\]*)\")[ \\t]*(?<next>[;,]|$)");

    private static final Pattern ADDRESS =
            Pattern.compile("(?<v4>[0-9.]{7,15})(:[0-9]+)?|\\[?(?<v6>[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+)(?:](?::[0-9]+)?)?");

    private static final Pattern HOST = Pattern.compile("[^\"\\\\\\p{Cntrl}]{0,260}");
    private static final Pattern PROTO = Pattern.compile("[A-Za-z][0-9A-Za-z+.-]{0,20}|");

    /** The elements of a line, the first proxy's first; none when it is not as RFC 7239 has it. */
    static List<ForwardedElement> parse(String line) {
        List<ForwardedElement> elements = new ArrayList<>();
        ForwardedElement element = new ForwardedElement(UNKNOWN, "", "");
        Matcher pair = PAIR.matcher(line);
        int at = 0;
        while (pair.region(at, line.length()).lookingAt()) {
            String value = pair.group("token") == null ? pair.group("quoted") : pair.group("token");
            element = element.with(pair.group("name").toLowerCase(Locale.ROOT), value);
            if (!pair.group("next").equals(";")) {
                elements.add(element);
                element = new ForwardedElement(UNKNOWN, "", "");
            }
            at = pair.end();
            if (pair.group("next").isEmpty()) {
                return elements;
            }
        }
        return List.of();
    }

    private ForwardedElement with(String name, String value) {
        return switch (name) {
            case "for" -> new ForwardedElement(address(value), host, proto);
            case "host" -> new ForwardedElement(from, HOST.matcher(value).matches() ? value : "", proto);
            case "proto" ->
                new ForwardedElement(from, host, PROTO.matcher(value).matches() ? value : "");
            default -> this;
        };
    }

    /** The same of what stands in {@code X-Forwarded-For}. */
    static ForwardedElement of(String from, String host, String proto) {
        return new ForwardedElement(UNKNOWN, "", "")
                .with("for", from)
                .with("host", host)
                .with("proto", proto);
    }

    private static String address(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            return UNKNOWN;
        }
        return address.group("v4") == null ? address.group("v6") : address.group("v4");
    }

    /** As it stands in the line; RFC 7239 §6: an IPv6 address stands in brackets and in quotation marks. */
    @Override
    public String toString() {
        String node = from.indexOf(':') < 0 ? from : "\"[" + from + "]\"";
        return "for=" + node + (host.isEmpty() ? "" : ";host=\"" + host + '"')
                + (proto.isEmpty() ? "" : ";proto=" + proto);
    }
}
