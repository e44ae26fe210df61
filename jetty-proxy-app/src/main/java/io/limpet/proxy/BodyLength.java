package io.limpet.proxy;

/**
 * How long a body is, was said to be, and may be; in bytes.
 *
 * <p>Guarded by whoever has it.
 */
final class BodyLength {

    private final long said;
    private final long longest;
    private long received;

    /**
     * @param said what {@code Content-Length} says; negative for nothing
     * @param longest how long it may be; 0 for any length
     */
    BodyLength(long said, long longest) {
        this.said = said;
        this.longest = longest;
    }

    boolean isAnnouncedTooLong() {
        return longest > 0 && said > longest;
    }

    void add(long bytes) {
        received += bytes;
    }

    long received() {
        return received;
    }

    /**
     * RFC 9113 §8.1.1. Jetty looks at frames with data only: a stream that ends with its head, or with trailers, may lack
     * all of its body, and the node would take the next request for it.
     */
    boolean isAsSaid(boolean last) {
        return said < 0 || (last ? received == said : received <= said);
    }

    boolean isTooLong() {
        return longest > 0 && received > longest;
    }

    BodyTooLongException tooLong() {
        return new BodyTooLongException(longest);
    }
}
