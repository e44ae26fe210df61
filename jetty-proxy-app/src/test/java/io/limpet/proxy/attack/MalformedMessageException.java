package io.limpet.proxy.attack;

/** Bytes that are no request. */
final class MalformedMessageException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedMessageException(String why) {
        super(why);
    }
}
