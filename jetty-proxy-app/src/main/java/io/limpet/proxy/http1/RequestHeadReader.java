package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/** The head of a request, with its request line (RFC 9112 §3). */
public final class RequestHeadReader extends HeadReader {

    private enum Part {
        METHOD,
        TARGET,
        VERSION
    }

    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.', '1', '\r', '\n'};

    private Part part = Part.METHOD;
    private int methodEnd;
    private int targetEnd;

    /**
     * A reader of heads within these limits.
     *
     * @param longest in bytes, with the empty line behind it
     * @param most so many fields
     */
    public RequestHeadReader(int longest, int most) {
        super(longest, most);
    }

    /** Begins with the next one. */
    public void begin() {
        part = Part.METHOD;
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
            case METHOD -> {
                if (octet == ' ' && at > 0) {
                    methodEnd = at;
                    part = Part.TARGET;
                } else if (!Octets.is(octet, Octets.TOKEN)) {
                    refuse(Octets.flaw(octet, Flaw.METHOD));
                }
            }
            case TARGET -> {
                if (octet == ' ' && at > methodEnd + 1) {
                    targetEnd = at;
                    part = Part.VERSION;
                } else if (!Octets.is(octet, Octets.TARGET)) {
                    refuse(Octets.flaw(octet, Flaw.TARGET));
                }
            }
            default -> version(octet, at);
        }
    }

    private void version(int octet, int at) {
        int position = at - targetEnd - 1;
        if (octet != VERSION[position]) {
            refuse(Octets.flaw(octet, Flaw.VERSION));
        } else if (position == VERSION.length - 1) {
            lineEnds(at + 1);
        }
    }

    @Override
    Framing framing(FieldLines fields) {
        return Framing.ofRequest(fields);
    }

    @Override
    boolean isHostRight(FieldLines fields) {
        return HostField.isRight(fields);
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
        return fields().text(0, methodEnd);
    }

    /** Whether the method is exactly this. */
    public boolean isMethod(String method) {
        return fields().stands(method, 0, methodEnd);
    }

    /** Whether the target is exactly this. */
    public boolean isTarget(String target) {
        return fields().stands(target, targetStart(), targetEnd);
    }

    /** The target as it is written. */
    public String target() {
        return fields().text(targetStart(), targetEnd);
    }
}
