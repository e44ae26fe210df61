package io.limpet.proxy.attack;

/**
 * What is wrong with the way in which an attack was treated.
 *
 * @param kind of what kind
 * @param detail what was seen
 */
public record Finding(Kind kind, String detail) {

    /** What may be wrong. */
    public enum Kind {
        /** The origin got what is no request by the letter: another origin may read something else in it. */
        AMBIGUOUS,
        /** The origin got a request that the client has not sent, or that stood behind something refused. */
        UNASKED,
        /** The origin got another request than the client has sent. */
        CHANGED,
        /** The origin was told by a client what only the proxy may say. */
        FORGED,
        /** A path that only the proxy may ask for reached the origin. */
        PRIVATE,
        /** What belongs to the client's connection reached the origin. */
        LEAKED,
        /** The client got an answer that it should not get, or one to another request. */
        WRONG_ANSWER,
        /** Something honest was refused, or something to be refused was not. */
        UNEXPECTED
    }

    @Override
    public String toString() {
        return kind + ": " + detail;
    }
}
