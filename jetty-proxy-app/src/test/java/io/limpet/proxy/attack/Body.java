package io.limpet.proxy.attack;

import java.util.List;

/**
 * A request's content.
 *
 * @param content without chunks, a character for each byte
 * @param trailers the trailer section (RFC 9110 §6.5)
 */
public record Body(String content, List<Field> trailers) {

    static final Body NONE = new Body("", List.of());
}
