package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/**
 * The head of a request: request line (RFC 9112 §3) and fields (§5), in place.
 *
 * <p>Resumable: it may be given the message byte by byte, and reads none twice. Reused; not thread-safe.
 */
public final class RequestHeadReader {

    private enum State {
        METHOD,
        TARGET,
        VERSION,
        FIELDS,
        DONE,
        REFUSED
    }

    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.', '1', '\r', '\n'};

    private final int longest;
    private final FieldSectionReader section;
    private State state = State.METHOD;
    private Flaw flaw = Flaw.NONE;
    private int at;
    private int methodEnd;
    private int targetEnd;
    private Framing framing = Framing.NONE;

    /**
     * A reader of heads within these limits.
     *
     * @param longest in bytes, with the empty line behind it
     * @param most so many fields
     */
    public RequestHeadReader(int longest, int most) {
        this.longest = longest;
        this.section = new FieldSectionReader(most);
    }

    /** Begins with the next one. */
    public void begin() {
        state = State.METHOD;
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
    public Progress read(ByteBuffer buffer, int from, int limit) {
        int end = Math.min(limit, from + longest);
        while (state.compareTo(State.FIELDS) < 0 && from + at < end) {
            line(buffer.get(from + at));
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
            case METHOD -> {
                if (octet == ' ' && at > 0) {
                    methodEnd = at;
                    state = State.TARGET;
                } else if (!Octets.is(octet, Octets.TOKEN)) {
                    refuse(Octets.flaw(octet, Flaw.METHOD));
                }
            }
            case TARGET -> {
                if (octet == ' ' && at > methodEnd + 1) {
                    targetEnd = at;
                    state = State.VERSION;
                } else if (!Octets.is(octet, Octets.TARGET)) {
                    refuse(Octets.flaw(octet, Flaw.TARGET));
                }
            }
            default -> version(octet);
        }
        at++;
    }

    private void version(int octet) {
        int position = at - targetEnd - 1;
        if (octet != VERSION[position]) {
            refuse(Octets.flaw(octet, Flaw.VERSION));
        } else if (position == VERSION.length - 1) {
            state = State.FIELDS;
            section.begin(at + 1);
        }
    }

    private void fields(Progress progress) {
        if (progress == Progress.REFUSED) {
            refuse(section.flaw());
        } else if (progress == Progress.DONE) {
            framing = Framing.ofRequest(section.lines());
            state = State.DONE;
            if (framing.kind() == Framing.Kind.REFUSED) {
                refuse(framing.flaw());
            } else if (!HostField.isRight(section.lines())) {
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

    /** How long the head is, with its empty line. */
    public int length() {
        return section.end();
    }

    /** Where the method ends; it begins at 0. */
    public int methodEnd() {
        return methodEnd;
    }

    /** Where the target begins. */
    public int targetStart() {
        return methodEnd + 1;
    }

    /** Where the target ends. */
    public int targetEnd() {
        return targetEnd;
    }

    /** The method as it is written. */
    public String method() {
        return section.lines().text(0, methodEnd);
    }

    /** The target as it is written. */
    public String target() {
        return section.lines().text(targetStart(), targetEnd);
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
