package io.limpet.proxy.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Some status codes (RFC 9110 §15), written as {@code 204} or {@code 200-399}.
 *
 * @param first the lowest, 100 to 599
 * @param last the highest, not below the first
 */
public record StatusRange(int first, int last) {

    private static final Pattern FORM = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    /** Empty when the text says none. */
    static Optional<StatusRange> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        return last < first ? Optional.empty() : Optional.of(new StatusRange(first, last));
    }

    /** Whether this code is one of them. */
    public boolean contains(int status) {
        return status >= first && status <= last;
    }
}
