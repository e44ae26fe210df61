package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/**
 * The head of a response: status line (RFC 9112 §4) and fields (§5), in place. The space behind the status may be
 * missing when no reason follows, as many servers have it.
 *
 * <p>Resumable: it may be given the message byte by byte, and reads none twice. Reused; not thread-safe.
 */
public final class ResponseHeadReader {

    private enum State {
        VERSION,
        STATUS,
        BEHIND_STATUS,
        REASON,
        LINE_CR,
        FIELDS,
        DONE,
        REFUSED
    }

    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};
    private static final int STATUS_START = VERSION.length + 2;
    private static final int STATUS_END = STATUS_START + 3;

    private final int longest;
    private final FieldSectionReader section;
    private State state = State.VERSION;
    private Flaw flaw = Flaw.NONE;
    private int at;
    private int status;
    private int lineEnd;
    private boolean old;
    private boolean toHead;
    private Framing framing = Framing.NONE;

    /**
     * A reader of heads within these limits.
     *
     * @param longest in bytes, with the empty line behind it
     * @param most so many fields
     */
    public ResponseHeadReader(int longest, int most) {
        this.longest = longest;
        this.section = new FieldSectionReader(most);
    }

    /**
     * Begins with the next one.
     *
     * @param answersHead whether it answers HEAD, and so has no body
     */
    public void begin(boolean answersHead) {
        state = State.VERSION;
        flaw = Flaw.NONE;
        at = 0;
        status = 0;
        old = false;
        toHead = answersHead;
        section.begin(0);
    }

    /**
     * Reads on where it has stopped.
     *
     * @param from where the message begins in the buffer: its positions count from there
     * @param limit where the bytes end in the buffer
     */
    public Progress read(ByteBuffer buffer, int from, int limit) {
        int end = Math.min(limit, from + longest);
        while (state.compareTo(State.FIELDS) < 0 && from + at < end) {
            line(buffer.get(from + at));
            at++;
        }
        if (state == State.FIELDS) {
            fields(section.read(buffer, from, end));
        }
        if (state == State.DONE) {
            return Progress.DONE;
        }
        if (state != State.REFUSED && limit - from >= longest) {
            refuse(Flaw.TOO_LONG);
        }
        return state == State.REFUSED ? Progress.REFUSED : Progress.MORE;
    }

    private void line(int octet) {
        switch (state) {
            case VERSION -> version(octet);
            case STATUS -> status(octet);
            case BEHIND_STATUS -> {
                if (octet == ' ') {
                    state = State.REASON;
                } else {
                    lineEnds(octet, Flaw.STATUS);
                }
            }
            case REASON -> {
                // beyond ASCII every reader has its own alphabet
                if (octet != ' ' && !Octets.is(octet, Octets.TARGET)) {
                    lineEnds(octet, Flaw.CONTROL);
                }
            }
            default -> {
                if (octet == '\n') {
                    state = State.FIELDS;
                    section.begin(at + 1);
                } else {
                    refuse(Flaw.BARE_CR);
                }
            }
        }
    }

    private void version(int octet) {
        if (at < VERSION.length ? octet == VERSION[at] : at == VERSION.length && (octet == '0' || octet == '1')) {
            old = octet == '0';
        } else if (at == VERSION.length + 1 && octet == ' ') {
            state = State.STATUS;
        } else {
            refuse(Octets.flaw(octet, Flaw.VERSION));
        }
    }

    private void status(int octet) {
        if (!Octets.is(octet, Octets.DIGIT)) {
            refuse(Octets.flaw(octet, Flaw.STATUS));
            return;
        }
        status = 10 * status + octet - '0';
        if (at + 1 == STATUS_END) {
            state = State.BEHIND_STATUS;
            if (status < 100) {
                refuse(Flaw.STATUS);
            }
        }
    }

    private void lineEnds(int octet, Flaw otherwise) {
        if (octet == '\r') {
            lineEnd = at;
            state = State.LINE_CR;
        } else {
            refuse(Octets.flaw(octet, otherwise));
        }
    }

    private void fields(Progress progress) {
        if (progress == Progress.REFUSED) {
            refuse(section.flaw());
        } else if (progress == Progress.DONE) {
            framing = Framing.ofResponse(section.lines(), status, toHead, !old);
            state = State.DONE;
            if (framing.kind() == Framing.Kind.REFUSED) {
                refuse(framing.flaw());
            } else if (!HostField.isRightOrMissing(section.lines())) {
                // nothing that a response says; but who reads it should not stumble over it
                refuse(Flaw.HOST);
            }
        }
    }

    private void refuse(Flaw because) {
        state = State.REFUSED;
        flaw = because;
    }

    /** Why it was refused. */
    public Flaw flaw() {
        return flaw;
    }

    /** Whether not one byte was read. */
    public boolean isUntouched() {
        return at == 0;
    }

    /** How long the head is, with its empty line. */
    public int length() {
        return section.end();
    }

    /** 100 to 999. */
    public int status() {
        return status;
    }

    /** Where the status begins; up to {@link #lineEnd()} stand status and reason. */
    public int statusStart() {
        return STATUS_START;
    }

    /** Where the status line ends, before its CR LF. */
    public int lineEnd() {
        return lineEnd;
    }

    /** Whether it is of HTTP/1.0. */
    public boolean isOld() {
        return old;
    }

    /** The fields, and where they lie. */
    public FieldLines fields() {
        return section.lines();
    }

    /** How its body is delimited. */
    public Framing framing() {
        return framing;
    }
}
