package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/**
 * A body in chunks (RFC 9112 §7.1): sizes in hexadecimal digits and nothing else on their lines, but for extensions of
 * tokens where they are allowed; those mean nothing to anybody (§7.1.1).
 *
 * <p>Resumable: it may be given the message byte by byte. Reused; not thread-safe.
 */
public final class ChunkReader {

    /** What was found next. */
    public enum Event {
        /** All bytes are read, and more are needed. */
        MORE,
        /** Content, up to the buffer's position: {@link #contentLength()}. */
        CONTENT,
        /** The line of the last chunk: what follows are trailers and the empty line. */
        LAST,
        /** The end. */
        END,
        /** It is not read on. */
        REFUSED
    }

    private enum State {
        SIZE,
        EXTENSION,
        SIZE_CR,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        END,
        REFUSED
    }

    /** 2²⁷ and no more: nobody sends more at once, and no reader counts that wrongly. */
    private static final int LONGEST = 1 << 27;

    /** With the zeros in front. */
    private static final int MOST_DIGITS = 16;

    /** Of an extension: more is an attack (RFC 9112 §7.1.1). */
    private static final int MOST_OCTETS = 256;

    private final boolean extensions;
    private final int longestTrailers;
    private final FieldSectionReader trailers;
    private State state = State.SIZE;
    private int digits; // and octets of an extension
    private boolean tokenBegun;
    private boolean valued;
    private int left;
    private int contentLength;
    private Flaw flaw = Flaw.NONE;

    /**
     * A reader with these limits for trailers.
     *
     * @param extensions whether there may be extensions
     * @param longest in bytes, with the empty line behind them
     * @param most so many fields
     */
    public ChunkReader(boolean extensions, int longest, int most) {
        this.extensions = extensions;
        this.longestTrailers = longest;
        this.trailers = new FieldSectionReader(most);
    }

    /** Begins with the next body. */
    public void begin() {
        state = State.SIZE;
        digits = 0;
        left = 0;
        flaw = Flaw.NONE;
    }

    /**
     * Reads as far as the next event, and moves the buffer's position behind it; but trailers are read at once, and must
     * stay where they are until they are complete.
     */
    public Event next(ByteBuffer buffer) {
        while (buffer.hasRemaining() && state != State.END && state != State.REFUSED) {
            if (state == State.DATA) {
                return content(buffer);
            }
            if (state == State.TRAILERS) {
                return trailers(buffer);
            }
            frame(buffer.get());
            if (state == State.TRAILERS) {
                return Event.LAST;
            }
        }
        return switch (state) {
            case END -> Event.END;
            case REFUSED -> Event.REFUSED;
            default -> Event.MORE;
        };
    }

    private Event content(ByteBuffer buffer) {
        contentLength = Math.min(left, buffer.remaining());
        buffer.position(buffer.position() + contentLength);
        left -= contentLength;
        if (left == 0) {
            state = State.DATA_CR;
        }
        return Event.CONTENT;
    }

    private Event trailers(ByteBuffer buffer) {
        int from = buffer.position();
        int limit = Math.min(buffer.limit(), from + longestTrailers);
        switch (trailers.read(buffer, from, limit)) {
            case DONE -> {
                buffer.position(from + trailers.end());
                state = State.END;
                return Event.END;
            }
            case REFUSED -> refuse(trailers.flaw());
            case MORE -> {
                if (buffer.remaining() < longestTrailers) {
                    return Event.MORE;
                }
                refuse(Flaw.TOO_LONG);
            }
        }
        return Event.REFUSED;
    }

    private void frame(int octet) {
        switch (state) {
            case SIZE -> size(octet);
            case EXTENSION -> extension(octet);
            case SIZE_CR -> sizeEnds(octet);
            case DATA_CR -> becomes(octet == '\r', State.DATA_LF);
            default -> {
                becomes(octet == '\n', State.SIZE);
                digits = 0;
            }
        }
    }

    private void size(int octet) {
        if (octet == '\r' && digits > 0) {
            state = State.SIZE_CR;
        } else if (octet == ';' && digits > 0 && extensions) {
            state = State.EXTENSION;
            tokenBegun = false;
            valued = false;
        } else if (octet == ';' || octet == ' ' || octet == '\t') {
            refuse(Flaw.CHUNK_EXTENSION);
        } else if (!Octets.is(octet, Octets.HEX)) {
            refuse(Octets.flaw(octet, Flaw.CHUNK_SIZE));
        } else if (++digits > MOST_DIGITS || left >= LONGEST >> 4) {
            refuse(Flaw.CHUNK_SIZE);
        } else {
            left = 16 * left + Octets.hex(octet);
        }
    }

    /** {@code ;name} or {@code ;name=token}; quoted values are left out. */
    private void extension(int octet) {
        digits++;
        if (digits <= MOST_OCTETS && Octets.is(octet, Octets.TOKEN)) {
            tokenBegun = true;
        } else if (octet == '\r' && tokenBegun) {
            state = State.SIZE_CR;
        } else if (tokenBegun && (octet == ';' || (octet == '=' && !valued))) {
            tokenBegun = false;
            valued = octet == '=';
        } else {
            refuse(Octets.flaw(octet, Flaw.CHUNK_EXTENSION));
        }
    }

    private void sizeEnds(int octet) {
        if (octet != '\n') {
            refuse(Flaw.BARE_CR);
        } else if (left > 0) {
            state = State.DATA;
        } else {
            state = State.TRAILERS;
            trailers.begin(0);
        }
    }

    private void becomes(boolean right, State next) {
        state = next;
        if (!right) {
            refuse(Flaw.CHUNK_END);
        }
    }

    private void refuse(Flaw because) {
        state = State.REFUSED;
        flaw = because;
    }

    /** How many bytes of content stand before the buffer's position. */
    public int contentLength() {
        return contentLength;
    }

    /** The fields behind the last chunk. */
    public FieldLines trailers() {
        return trailers.lines();
    }

    /** Why it was refused. */
    public Flaw flaw() {
        return flaw;
    }
}
