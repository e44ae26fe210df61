package io.limpet.proxy.relay;

import io.limpet.proxy.http1.FieldLines;
import io.limpet.proxy.http1.FieldName;
import io.limpet.proxy.http1.Framing;
import io.limpet.proxy.http1.RequestHeadReader;
import java.util.List;

/** Which requests this lane takes. Whatever can mean something else is for the servlet lane to judge. */
final class PlainRequests {

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

    private static final List<String> CONNECTION = List.of("keep-alive", "Keep-Alive", "close");

    /** Octets of a path that mean nothing but themselves to any server: no %, no parameters, no backslash. */
    private static final boolean[] PLAIN = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_~!$&'()*+,=:@"
                .chars()
                .forEach(octet -> PLAIN[octet] = true);
    }

    private PlainRequests() {}

    static boolean include(RequestHeadReader head) {
        Framing.Kind framing = head.framing().kind();
        return (framing == Framing.Kind.NONE || framing == Framing.Kind.LENGTH)
                && !method(head).isEmpty()
                && isPlain(head)
                && areFields(head.fields());
    }

    /** Its method; empty when that is none of those. */
    static String method(RequestHeadReader head) {
        for (String method : METHODS) {
            if (head.isMethod(method)) {
                return method;
            }
        }
        return "";
    }

    private static boolean isPlain(RequestHeadReader head) {
        FieldLines octets = head.fields();
        int at = head.targetStart();
        if (octets.octet(at) != '/') {
            return false;
        }
        int before = 0;
        for (; at < head.targetEnd(); at++) {
            int octet = octets.octet(at);
            if (octet == '?') {
                return before != '.' && isQuery(octets, at, head.targetEnd());
            }
            // empty segments, dots in front: for others to resolve
            if ((octet == '/' && (before == '/' || before == '.')) || (octet == '.' && before == '/')) {
                return false;
            }
            if (octet != '/' && octet != '.' && !PLAIN[octet & 0x7f]) {
                return false;
            }
            before = octet;
        }
        return before != '.';
    }

    private static boolean isQuery(FieldLines octets, int start, int end) {
        for (int at = start; at < end; at++) {
            if (octets.octet(at) == '#') {
                return false;
            }
        }
        return true;
    }

    private static boolean areFields(FieldLines fields) {
        for (int i = 0; i < fields.count(); i++) {
            FieldName name = fields.field(i);
            switch (name) {
                case EXPECT, UPGRADE, TE, TRAILER, HTTP2_SETTINGS, PROXY_CONNECTION, KEEP_ALIVE -> {
                    return false;
                }
                case CONNECTION -> {
                    if (!isPlainConnection(fields, i)) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    private static boolean isPlainConnection(FieldLines fields, int number) {
        for (String value : CONNECTION) {
            if (fields.hasValue(number, value)) {
                return true;
            }
        }
        return false;
    }
}
