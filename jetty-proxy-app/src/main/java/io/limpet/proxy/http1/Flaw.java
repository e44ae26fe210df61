package io.limpet.proxy.http1;

/** Why a message is not read. Each names the section that its rule comes from. */
public enum Flaw {
    /** Nothing is wrong. */
    NONE("-"),
    /** A line feed without the carriage return; a recipient may take it for the end of a line. */
    BARE_LF("RFC 9112 §2.2"),
    /** A carriage return without the line feed. */
    BARE_CR("RFC 9112 §2.2"),
    /** NUL, another control octet, or DEL. */
    CONTROL("RFC 9110 §5.5"),
    /** No token where the method stands; an empty line before the request, too. */
    METHOD("RFC 9112 §3.1"),
    /** White space, or something beyond ASCII, in the target, or none at all. */
    TARGET("RFC 9112 §3.2"),
    /** Not HTTP/1.1; of responses not HTTP/1.0 either. */
    VERSION("RFC 9112 §2.3"),
    /** No three digits from 100 on. */
    STATUS("RFC 9112 §4"),
    /** A name that is no token. */
    NAME("RFC 9112 §5.1"),
    /** White space between name and colon. */
    SPACE_BEFORE_COLON("RFC 9112 §5.1"),
    /** A line that begins with white space: folded, or in front of all fields. */
    FOLDED("RFC 9112 §5.2"),
    /** Longer than the limit. */
    TOO_LONG("RFC 9110 §5.4"),
    /** More fields than the limit. */
    TOO_MANY("RFC 6585 §5"),
    /** None, more than one, or one that is no name with a port. Literals of IPv6 are left to others. */
    HOST("RFC 9112 §3.2"),
    /** No digits, too many of them, or more than one such field. */
    LENGTH("RFC 9112 §6.3"),
    /** A transfer coding that is not exactly chunked, or from HTTP/1.0. */
    CODING("RFC 9112 §6.1"),
    /** Both a length and a transfer coding. */
    LENGTH_AND_CODING("RFC 9112 §6.3"),
    /** No size in hexadecimal digits, or one beyond 2²⁷. */
    CHUNK_SIZE("RFC 9112 §7.1"),
    /** An extension where none may be, or one that is not of tokens: recipients differ in where it ends. */
    CHUNK_EXTENSION("RFC 9112 §7.1.1"),
    /** Something else than the end of a line behind a chunk. */
    CHUNK_END("RFC 9112 §7.1");

    private final String section;

    Flaw(String section) {
        this.section = section;
    }

    /** Where the rule stands that was broken. */
    public String section() {
        return section;
    }
}
