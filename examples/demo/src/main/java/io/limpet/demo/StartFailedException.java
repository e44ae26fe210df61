package io.limpet.demo;

/** The demo cannot start; the message says what is in the way and what to do. */
final class StartFailedException extends Exception {

    private static final long serialVersionUID = 1;

    StartFailedException(String message) {
        super(message);
    }
}
