package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/**
 * The head of a response, with its status line (RFC 9112 §4). The space behind the status may be missing when no reason
 * follows, as many servers have it.
 */
public final class ResponseHeadReader extends HeadReader {

    private enum Part {
        VERSION,
        STATUS,
        BEHIND_STATUS,
        REASON,
        LINE_CR
    }

    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};
    private static final int STATUS_START = VERSION.length + 2;
    private static final int STATUS_END = STATUS_START + 3;

    private Part part = Part.VERSION;
    private int status;
    private int lineEnd;
    private boolean old;
    private boolean toHead;

    /**
     * A reader of heads within these limits.
     *
     * @param longest in bytes, with the empty line behind it
     * @param most so many fields
     */
    public ResponseHeadReader(int longest, int most) {
        super(longest, most);
    }

    /**
     * Begins with the next one.
     *
     * @param answersHead whether it answers HEAD, and so has no body
     */
    public void begin(boolean answersHead) {
        part = Part.VERSION;
        status = 0;
        old = false;
        toHead = answersHead;
        beginHead();
    }

    @Override
    int line(ByteBuffer buffer, int from, int position, int end) {
        int at = position;
        while (isInLine() && from + at < end) {
            line(buffer.get(from + at), at);
            at++;
        }
        return at;
    }

    private void line(int octet, int at) {
        switch (part) {
            case VERSION -> version(octet, at);
            case STATUS -> status(octet, at);
            case BEHIND_STATUS -> {
                if (octet == ' ') {
                    part = Part.REASON;
                } else {
                    textEnds(octet, at, Flaw.STATUS);
                }
            }
            case REASON -> {
                // beyond ASCII every reader has its own alphabet
                if (octet != ' ' && !Octets.is(octet, Octets.TARGET)) {
                    textEnds(octet, at, Flaw.CONTROL);
                }
            }
            default -> {
                if (octet == '\n') {
                    lineEnds(at + 1);
                } else {
                    refuse(Flaw.BARE_CR);
                }
            }
        }
    }

    private void version(int octet, int at) {
        if (at < VERSION.length ? octet == VERSION[at] : at == VERSION.length && (octet == '0' || octet == '1')) {
            old = octet == '0';
        } else if (at == VERSION.length + 1 && octet == ' ') {
            part = Part.STATUS;
        } else {
            refuse(Octets.flaw(octet, Flaw.VERSION));
        }
    }

    private void status(int octet, int at) {
        if (!Octets.is(octet, Octets.DIGIT)) {
            refuse(Octets.flaw(octet, Flaw.STATUS));
            return;
        }
        status = 10 * status + octet - '0';
        if (at + 1 == STATUS_END) {
            part = Part.BEHIND_STATUS;
            if (status < 100) {
                refuse(Flaw.STATUS);
            }
        }
    }

    private void textEnds(int octet, int at, Flaw otherwise) {
        if (octet == '\r') {
            lineEnd = at;
            part = Part.LINE_CR;
        } else {
            refuse(Octets.flaw(octet, otherwise));
        }
    }

    @Override
    Framing framing(FieldLines fields) {
        return Framing.ofResponse(fields, status, toHead, !old);
    }

    /** Nothing that a response says; but who reads it should not stumble over it. */
    @Override
    boolean isHostRight(FieldLines fields) {
        return HostField.isRightOrMissing(fields);
    }

    /** 100 to 999. */
    public int status() {
        return status;
    }

    /** Where the status line ends, before its CR LF. */
    public int lineEnd() {
        return lineEnd;
    }

    /** Whether it is of HTTP/1.0. */
    public boolean isOld() {
        return old;
    }
}
