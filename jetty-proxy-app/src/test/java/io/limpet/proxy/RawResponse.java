package io.limpet.proxy;

import java.util.List;
import java.util.Locale;

/**
 * A response as a client got it.
 *
 * @param status the status code, 0 when the connection was closed without a response
 * @param headers the header lines, in their order
 * @param body the rest, as it came
 */
record RawResponse(int status, List<String> headers, String body) {

    static RawResponse of(String text) {
        if (text.isEmpty()) {
            return new RawResponse(0, List.of(), "");
        }
        int end = text.indexOf("\r\n\r\n");
        List<String> lines = text.substring(0, end).lines().toList();
        int status = Integer.parseInt(lines.get(0).substring(9, 12));
        return status < 200 && status != 101
                ? of(text.substring(end + 4))
                : new RawResponse(status, lines.subList(1, lines.size()), text.substring(end + 4));
    }

    /** The values of all header fields of this name, whatever its case. */
    List<String> values(String name) {
        return values(headers, name);
    }

    /** The nodes that say that they have served it: one, or none. */
    String servedBy() {
        return String.join(",", values("Served-By"));
    }

    static List<String> values(List<String> headers, String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }
}
