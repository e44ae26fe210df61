package io.limpet.proxy.http1;

/** RFC 9112 §3.2: a request has one {@code Host}, and in it a name or an IPv4 address, and perhaps a port. */
final class HostField {

    private static final int MOST_DIGITS = 5;
    private static final int HIGHEST_PORT = 65_535;

    private HostField() {}

    /** One, and a right one. */
    static boolean isRight(FieldLines fields) {
        return isRight(fields, false);
    }

    /** None, or a right one. */
    static boolean isRightOrMissing(FieldLines fields) {
        return isRight(fields, true);
    }

    private static boolean isRight(FieldLines fields, boolean mayMiss) {
        int host = -1;
        for (int i = 0; i < fields.count(); i++) {
            if (fields.field(i) == FieldName.HOST) {
                if (host >= 0) {
                    return false;
                }
                host = i;
            }
        }
        return host < 0 ? mayMiss : isRight(fields, fields.valueStart(host), fields.valueEnd(host));
    }

    private static boolean isRight(FieldLines fields, int start, int end) {
        int at = start;
        while (at < end && Octets.is(fields.octet(at), Octets.HOST)) {
            at++;
        }
        if (at == start) {
            return false;
        }
        return at == end || (fields.octet(at) == ':' && isPort(fields, at + 1, end));
    }

    private static boolean isPort(FieldLines fields, int start, int end) {
        if (end == start || end - start > MOST_DIGITS) {
            return false;
        }
        int port = 0;
        for (int at = start; at < end; at++) {
            if (!Octets.is(fields.octet(at), Octets.DIGIT)) {
                return false;
            }
            port = 10 * port + fields.octet(at) - '0';
        }
        return port > 0 && port <= HIGHEST_PORT;
    }
}
