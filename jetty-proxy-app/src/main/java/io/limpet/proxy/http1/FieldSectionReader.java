package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/**
 * A section of fields, up to its empty line (RFC 9112 §5, §6.5 for trailers).
 *
 * <p>Resumable: it may be given the message byte by byte, and reads none twice. Reused; not thread-safe.
 */
final class FieldSectionReader {

    private enum State {
        LINE_START,
        NAME,
        BEFORE_VALUE,
        VALUE,
        LINE_CR,
        END_CR
    }

    private final int most;
    private final FieldLines lines = new FieldLines();
    private State state = State.LINE_START;
    private int hash;
    private int at;
    private Flaw flaw = Flaw.NONE;

    /** @param most so many fields and no more */
    FieldSectionReader(int most) {
        this.most = most;
    }

    /** Begins a section at this position of its message. */
    void begin(int position) {
        lines.clear();
        state = State.LINE_START;
        at = position;
        flaw = Flaw.NONE;
    }

    /**
     * Reads on where it has stopped.
     *
     * @param from where the message begins in the buffer
     * @param limit where the bytes end in the buffer
     */
    Progress read(ByteBuffer bytes, int from, int limit) {
        lines.lieIn(bytes, from);
        int index = from + at;
        while (index < limit) {
            if (state == State.VALUE) {
                index = Octets.endOfValue(bytes, index, limit);
            } else if (state == State.NAME) {
                index = endOfName(bytes, index, limit);
            }
            if (index == limit) {
                break;
            }
            int octet = bytes.get(index);
            at = index - from;
            if (state == State.END_CR && octet == '\n') {
                at++;
                return Progress.DONE;
            }
            if (!turns(octet)) {
                return Progress.REFUSED;
            }
            index++;
        }
        at = index - from;
        return Progress.MORE;
    }

    private int endOfName(ByteBuffer bytes, int start, int limit) {
        int index = start;
        int sum = hash;
        for (; index < limit; index++) {
            int octet = bytes.get(index);
            if (!Octets.is(octet, Octets.TOKEN)) {
                break;
            }
            sum = FieldName.hash(sum, octet);
        }
        hash = sum;
        return index;
    }

    /** Takes the octet at which something begins or ends. */
    private boolean turns(int octet) {
        return switch (state) {
            case LINE_START -> begins(octet);
            case NAME -> nameEnds(octet);
            case BEFORE_VALUE -> beforeValue(octet);
            case VALUE -> lineEnds(octet);
            case LINE_CR -> becomes(octet == '\n', State.LINE_START, Flaw.BARE_CR);
            case END_CR -> refuse(Flaw.BARE_CR);
        };
    }

    private boolean begins(int octet) {
        if (octet == '\r') {
            state = State.END_CR;
            return true;
        }
        if (octet == ' ' || octet == '\t') {
            return refuse(Flaw.FOLDED);
        }
        if (!Octets.is(octet, Octets.TOKEN)) {
            return refuse(Octets.flaw(octet, Flaw.NAME));
        }
        if (lines.count() == most) {
            return refuse(Flaw.TOO_MANY);
        }
        lines.lineBegins(at);
        hash = FieldName.hash(0, octet);
        state = State.NAME;
        return true;
    }

    private boolean nameEnds(int octet) {
        if (octet == ' ' || octet == '\t') {
            return refuse(Flaw.SPACE_BEFORE_COLON);
        }
        if (octet != ':') {
            return refuse(Octets.flaw(octet, Flaw.NAME));
        }
        lines.nameEnds(at, hash);
        state = State.BEFORE_VALUE;
        return true;
    }

    private boolean beforeValue(int octet) {
        if (octet == ' ' || octet == '\t') {
            return true;
        }
        lines.valueBegins(at);
        if (octet == '\r') {
            return lineEnds(octet);
        }
        return becomes(Octets.is(octet, Octets.VALUE), State.VALUE, Octets.flaw(octet, Flaw.CONTROL));
    }

    private boolean lineEnds(int octet) {
        if (octet != '\r') {
            return refuse(Octets.flaw(octet, Flaw.CONTROL));
        }
        lines.lineEnds(at);
        state = State.LINE_CR;
        return true;
    }

    private boolean becomes(boolean right, State next, Flaw otherwise) {
        state = next;
        return right || refuse(otherwise);
    }

    private boolean refuse(Flaw because) {
        flaw = because;
        return false;
    }

    FieldLines lines() {
        return lines;
    }

    Flaw flaw() {
        return flaw;
    }

    /** Where the section ends, behind its empty line; before it has come, how far it was read. */
    int end() {
        return at;
    }
}
