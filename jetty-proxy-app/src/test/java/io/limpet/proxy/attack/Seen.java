package io.limpet.proxy.attack;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a strict reader makes of the next bytes of a connection.
 *
 * @param state how it ended
 * @param head the head, when it could be read
 * @param body the body, when all of it could be read
 * @param why what is malformed
 */
public record Seen(State state, Optional<Head> head, Body body, String why) {

    /** How reading a request ended. */
    public enum State {
        /** A request from its first byte to its last. */
        COMPLETE,
        /** The beginning of a request. */
        TRUNCATED,
        /** What is no request, nor is anything behind it. */
        MALFORMED
    }

    static Seen truncated(Optional<Head> head) {
        return new Seen(State.TRUNCATED, head, Body.NONE, "");
    }

    /** All that a client has sent on one connection: requests, and at the end perhaps something else. */
    static List<Seen> in(byte[] bytes) {
        StrictReader reader = StrictReader.ofProxy(new ByteArrayInputStream(bytes));
        List<Seen> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            Optional<Seen> next = next(reader);
            next.ifPresent(all::add);
            more = next.isPresent()
                    && next.get().state == State.COMPLETE
                    && next.get().head.stream().noneMatch(Head::isLast);
        }
        return all;
    }

    private static Optional<Seen> next(StrictReader reader) {
        Optional<Head> head = Optional.empty();
        try {
            head = reader.head();
            if (head.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Seen(State.COMPLETE, head, reader.body(head.get()), ""));
        } catch (EOFException e) {
            return Optional.of(truncated(head));
        } catch (MalformedMessageException e) {
            return Optional.of(new Seen(State.MALFORMED, head, Body.NONE, String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
