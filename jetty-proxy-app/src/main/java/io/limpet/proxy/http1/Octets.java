package io.limpet.proxy.http1;

import java.nio.ByteBuffer;

/** What each octet may be a part of: one look into a table instead of comparisons. */
final class Octets {

    /** {@code tchar}, RFC 9110 §5.6.2: methods and names of fields. */
    static final int TOKEN = 1;

    /** RFC 3986 §2, as loosely as RFC 9112 §3.2 allows it: visible, and ASCII. */
    static final int TARGET = 2;

    /** RFC 9110 §5.5: visible, beyond ASCII, a space or a tab; no other control. */
    static final int VALUE = 4;

    static final int DIGIT = 8;

    /** RFC 9112 §7.1. */
    static final int HEX = 16;

    /** What is left of RFC 3986 §3.2.2 without encoded octets and without literals of IPv6. */
    static final int HOST = 32;

    private static final long ONES = 0x0101010101010101L;
    private static final long SPACES = 0x2020202020202020L;
    private static final long DELS = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGHEST_BITS = 0x8080808080808080L;

    private static final byte[] KINDS = new byte[256];

    static {
        mark("!#$%&'*+-.^_`|~", TOKEN);
        mark(".-_", HOST);
        mark("\t ", VALUE);
        mark('0', '9', TOKEN | DIGIT | HEX | HOST);
        mark('a', 'z', TOKEN | HOST);
        mark('A', 'Z', TOKEN | HOST);
        mark('a', 'f', HEX);
        mark('A', 'F', HEX);
        mark('!', '~', TARGET | VALUE);
        mark(0x80, 0xff, VALUE);
    }

    private Octets() {}

    private static void mark(String octets, int kinds) {
        octets.chars().forEach(octet -> KINDS[octet] |= (byte) kinds);
    }

    private static void mark(int first, int last, int kinds) {
        for (int octet = first; octet <= last; octet++) {
            KINDS[octet] |= (byte) kinds;
        }
    }

    static boolean is(int octet, int kind) {
        return (KINDS[octet & 0xff] & kind) != 0;
    }

    /**
     * Where the first octet stands that no value may hold; the limit when there is none. Eight at once, as long as none of
     * them is a control: of the tab, which alone of these may stand there, the table knows.
     */
    static int endOfValue(ByteBuffer bytes, int start, int limit) {
        int index = start;
        while (index < limit) {
            if (limit - index >= Long.BYTES && !hasControl(bytes.getLong(index))) {
                index += Long.BYTES;
            } else if (is(bytes.get(index), VALUE)) {
                index++;
            } else {
                return index;
            }
        }
        return limit;
    }

    /** Whether one of eight octets is below the space, or DEL. */
    private static boolean hasControl(long octets) {
        long belowSpace = (octets - SPACES) & ~octets;
        long notDel = octets ^ DELS;
        long del = (notDel - ONES) & ~notDel;
        return ((belowSpace | del) & HIGHEST_BITS) != 0;
    }

    /** The value of a hexadecimal digit. */
    static int hex(int octet) {
        return octet <= '9' ? octet - '0' : (octet | 0x20) - 'a' + 10;
    }

    static int small(int octet) {
        return octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
    }

    /** Why an octet cannot stand where it stands. */
    static Flaw flaw(int octet, Flaw otherwise) {
        return switch (octet) {
            case '\n' -> Flaw.BARE_LF;
            case '\r' -> Flaw.BARE_CR;
            default -> (octet >= 0 && octet < ' ' && octet != '\t') || octet == 0x7f ? Flaw.CONTROL : otherwise;
        };
    }
}
