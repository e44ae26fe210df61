package io.limpet.proxy.http1;

import java.util.Locale;

/**
 * How the body of a message is delimited (RFC 9112 §6.3).
 *
 * @param kind in which way
 * @param length how long it is, when that is said; else 0
 * @param flaw why it cannot be known for certain
 */
public record Framing(Kind kind, long length, Flaw flaw) {

    /** The ways there are. */
    public enum Kind {
        /** There is none. */
        NONE,
        /** A length is given, and is not 0. */
        LENGTH,
        /** In chunks. */
        CHUNKED,
        /** Until the connection ends: responses alone. */
        UNTIL_CLOSE,
        /** Nobody may guess. */
        REFUSED
    }

    static final Framing NONE = new Framing(Kind.NONE, 0, Flaw.NONE);
    private static final Framing CHUNKED = new Framing(Kind.CHUNKED, 0, Flaw.NONE);
    private static final Framing UNTIL_CLOSE = new Framing(Kind.UNTIL_CLOSE, 0, Flaw.NONE);
    private static final int MOST_DIGITS = 18;

    private static Framing refused(Flaw flaw) {
        return new Framing(Kind.REFUSED, 0, flaw);
    }

    /** Of a request: without a length and a coding it has no body. */
    static Framing ofRequest(FieldLines fields) {
        Framing told = told(fields, true);
        return told.kind == Kind.UNTIL_CLOSE ? NONE : told;
    }

    /**
     * Of a response.
     *
     * @param toHead whether it answers HEAD
     * @param codings whether its version knows transfer codings
     */
    static Framing ofResponse(FieldLines fields, int status, boolean toHead, boolean codings) {
        Framing told = told(fields, codings);
        boolean bodiless = toHead || status < 200 || status == 204 || status == 304;
        return bodiless && told.kind != Kind.REFUSED ? NONE : told;
    }

    private static Framing told(FieldLines fields, boolean codings) {
        int length = -1;
        int coding = -1;
        for (int i = 0; i < fields.count(); i++) {
            FieldName name = fields.field(i);
            if (name == FieldName.CONTENT_LENGTH) {
                if (length >= 0) {
                    return refused(Flaw.LENGTH);
                }
                length = i;
            } else if (name == FieldName.TRANSFER_ENCODING) {
                if (coding >= 0) {
                    return refused(Flaw.CODING);
                }
                coding = i;
            }
        }
        if (coding >= 0) {
            return length >= 0 ? refused(Flaw.LENGTH_AND_CODING) : coded(fields, coding, codings);
        }
        return length >= 0 ? length(fields, length) : UNTIL_CLOSE;
    }

    private static Framing coded(FieldLines fields, int number, boolean codings) {
        boolean chunked = fields.value(number).toLowerCase(Locale.ROOT).equals("chunked");
        return chunked && codings ? CHUNKED : refused(Flaw.CODING);
    }

    private static Framing length(FieldLines fields, int number) {
        int end = fields.valueEnd(number);
        int digits = end - fields.valueStart(number);
        if (digits == 0 || digits > MOST_DIGITS) {
            return refused(Flaw.LENGTH);
        }
        long length = 0;
        for (int i = fields.valueStart(number); i < end; i++) {
            int octet = fields.octet(i);
            if (!Octets.is(octet, Octets.DIGIT)) {
                return refused(Flaw.LENGTH);
            }
            length = 10 * length + octet - '0';
        }
        return length == 0 ? NONE : new Framing(Kind.LENGTH, length, Flaw.NONE);
    }
}
