package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/**
 * The head of a message: its first line, which is the subclass's, and fields (RFC 9112 §5), in place.
 *
 * <p>Resumable: it may be given the message byte by byte, and reads none twice. Reused; not thread-safe.
 */
abstract sealed class HeadReader permits RequestHeadReader, ResponseHeadReader {

    private enum Phase {
        LINE,
        FIELDS,
        DONE,
        REFUSED
    }

    private final int longest;
    private final FieldSectionReader section;
    private Phase phase = Phase.LINE;
    private Flaw flaw = Flaw.NONE;
    private int at;
    private Framing framing = Framing.NONE;

    /**
     * A reader of heads within these limits.
     *
     * @param longest in bytes, with the empty line behind it
     * @param most so many fields
     */
    HeadReader(int longest, int most) {
        this.longest = longest;
        this.section = new FieldSectionReader(most);
    }

    final void beginHead() {
        phase = Phase.LINE;
        flaw = Flaw.NONE;
        at = 0;
        section.begin(0);
    }

    /**
     * Reads on where it has stopped.
     *
     * @param from where the message begins in the buffer: its positions count from there
     * @param limit where the bytes end in the buffer
     */
    public final Progress read(ByteBuffer buffer, int from, int limit) {
        int end = Math.min(limit, from + longest);
        if (phase == Phase.LINE) {
            at = line(buffer, from, at, end);
        }
        if (phase == Phase.FIELDS) {
            fields(section.read(buffer, from, end));
        }
        if (phase == Phase.DONE) {
            return Progress.DONE;
        }
        if (phase != Phase.REFUSED && limit - from >= longest) {
            refuse(Flaw.TOO_LONG);
        }
        return phase == Phase.REFUSED ? Progress.REFUSED : Progress.MORE;
    }

    /**
     * Reads the first line on, until {@link #isInLine} is no longer true.
     *
     * @param position how far it was read
     * @return how far it is read now
     */
    abstract int line(ByteBuffer buffer, int from, int position, int end);

    final boolean isInLine() {
        return phase == Phase.LINE;
    }

    /** The first line has ended before this position. */
    final void lineEnds(int position) {
        phase = Phase.FIELDS;
        section.begin(position);
    }

    private void fields(Progress progress) {
        if (progress == Progress.REFUSED) {
            refuse(section.flaw());
        } else if (progress == Progress.DONE) {
            phase = Phase.DONE;
            framing = framing(section.lines());
            if (framing.kind() == Framing.Kind.REFUSED) {
                refuse(framing.flaw());
            } else if (!isHostRight(section.lines())) {
                refuse(Flaw.HOST);
            }
        }
    }

    abstract Framing framing(FieldLines fields);

    abstract boolean isHostRight(FieldLines fields);

    final void refuse(Flaw because) {
        phase = Phase.REFUSED;
        flaw = because;
    }

    /** Why it was refused. */
    public final Flaw flaw() {
        return flaw;
    }

    /** Whether not one byte was read. */
    public final boolean isUntouched() {
        return at == 0;
    }

    /** How long the head is, with its empty line. */
    public final int length() {
        return section.end();
    }

    /** The fields, and where they lie. */
    public final FieldLines fields() {
        return section.lines();
    }

    /** How its body is delimited. */
    public final Framing framing() {
        return framing;
    }
}
