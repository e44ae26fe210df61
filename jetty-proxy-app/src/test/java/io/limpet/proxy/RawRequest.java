package io.limpet.proxy;

import java.util.List;

/**
 * A request as a node got it.
 *
 * @param line the request line
 * @param headers the header lines, in their order
 * @param body the body, without chunks, a character for each byte
 */
record RawRequest(String line, List<String> headers, String body) {

    static RawRequest of(String head, String body) {
        List<String> lines = head.strip().lines().toList();
        return new RawRequest(lines.get(0), lines.subList(1, lines.size()), body);
    }

    /** The values of all header fields of this name, whatever its case. */
    List<String> values(String name) {
        return RawResponse.values(headers, name);
    }
}
