package io.limpet.failover.protocol;

/** Bytes that are no entry, change or answer. To be treated as if nothing were there: it costs one session, not more. */
public class CorruptEntryException extends Exception {

    CorruptEntryException(String message) {
        super(message, null, false, false); // the bytes are at fault, wherever they were read
    }
}
