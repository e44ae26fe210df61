package io.limpet.proxy.machine;

import java.util.Optional;

/**
 * A line of Linux's list of connections: {@code sl local remote st …}.
 *
 * @param ends local and remote address, a space between
 * @param state two hexadecimal digits, as in the kernel's {@code tcp_states.h}
 */
record TableLine(String ends, String state) {

    /** The other end has said all that it will ever say. */
    private static final String CLOSE_WAIT = "08";

    private static final String LISTEN = "0A";

    private static final int HEXADECIMAL = 16;

    /** Empty for the table's head, and for what is none of it. */
    static Optional<TableLine> of(String line) {
        int local = line.indexOf(": ") + 2;
        int space = line.indexOf(' ', local);
        int end = line.indexOf(' ', space + 1);
        if (local < 2 || space < 0 || end < 0 || line.length() < end + 3) {
            return Optional.empty();
        }
        return Optional.of(new TableLine(line.substring(local, end), line.substring(end + 1, end + 3)));
    }

    boolean isListening() {
        return state.equals(LISTEN);
    }

    /** 0 when there is none, which is no port. */
    int localPort() {
        int colon = ends.indexOf(':');
        return colon < 0 ? 0 : Integer.parseInt(ends, colon + 1, ends.indexOf(' '), HEXADECIMAL);
    }

    boolean hasEnded() {
        return state.equals(CLOSE_WAIT);
    }
}
