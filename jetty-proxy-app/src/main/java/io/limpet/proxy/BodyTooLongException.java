package io.limpet.proxy;

import java.io.IOException;

/** The client sends more than it may. */
final class BodyTooLongException extends IOException {

    private static final long serialVersionUID = 1L;

    /** @param longest how many bytes it may send */
    BodyTooLongException(long longest) {
        super("the body is longer than " + longest + " bytes");
    }
}
