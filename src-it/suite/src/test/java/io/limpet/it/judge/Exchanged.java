package io.limpet.it.judge;

import io.limpet.it.client.RawClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An answer taken apart, with nothing lost but the lengths of chunks.
 *
 * @param statusLine the first line
 * @param headers the lines behind it, in their order
 * @param body without chunks
 */
public record Exchanged(String statusLine, List<String> headers, String body) {

    /** Takes it apart. */
    public static Exchanged of(RawClient.RawAnswer answer) {
        int end = answer.text().indexOf("\r\n\r\n");
        if (end < 0) {
            return new Exchanged("no answer", List.of(), answer.text());
        }
        List<String> head =
                new ArrayList<>(List.of(answer.text().substring(0, end).split("\r\n")));
        String body = answer.text().substring(end + 4);
        String statusLine = head.remove(0);
        boolean chunked =
                head.stream().anyMatch(line -> line.toLowerCase(Locale.ROOT).equals("transfer-encoding: chunked"));
        return new Exchanged(statusLine, List.copyOf(head), chunked ? withoutChunks(body) : body);
    }

    private static String withoutChunks(String chunked) {
        StringBuilder body = new StringBuilder();
        int at = 0;
        while (true) {
            int lineEnd = chunked.indexOf("\r\n", at);
            if (lineEnd < 0) {
                return body + "<cut off>";
            }
            int length = Integer.parseInt(chunked.substring(at, lineEnd).strip(), 16);
            if (length == 0) {
                return body.toString();
            }
            int end = lineEnd + 2 + length;
            if (end > chunked.length()) {
                return body + chunked.substring(lineEnd + 2) + "<cut off>";
            }
            body.append(chunked, lineEnd + 2, end);
            at = end + 2;
        }
    }

    /** The values of a header, in their order. */
    public List<String> all(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }
}
