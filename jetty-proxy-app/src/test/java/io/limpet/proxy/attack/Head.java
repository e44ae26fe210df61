package io.limpet.proxy.attack;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Request line and header section, read strictly.
 *
 * @param method a token
 * @param target as it stands in the request line
 * @param minor the minor version of HTTP/1
 * @param fields the header section, in its order
 */
public record Head(String method, Target target, int minor, List<Field> fields) {

    /** The values of all fields of this name, which is written in small letters. */
    public List<String> values(String key) {
        return fields.stream()
                .filter(field -> field.key().equals(key))
                .map(Field::value)
                .toList();
    }

    /** The members of a list of tokens, in small letters. */
    public Set<String> tokens(String key) {
        return values(key).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(member -> member.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Whom the request is for: of two that differ the target's counts (RFC 9112 §3.2.2); empty when nobody is named. */
    public String host() {
        return target.authority().orElseGet(() -> String.join("", values("host")));
    }

    /** Whether nothing behind this request on its connection is a request (RFC 9112 §9.3, RFC 9110 §9.3.6). */
    public boolean isLast() {
        Set<String> options = tokens("connection");
        return method.equals("CONNECT") || options.contains("close") || (minor == 0 && !options.contains("keep-alive"));
    }

    @Override
    public String toString() {
        return method + " " + target + " " + fields;
    }
}
