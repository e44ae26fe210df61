package io.limpet.failover.protocol;

/**
 * The store did not answer in time, or may not be trusted just now. What was asked of it may or may not have happened;
 * asking again is safe. The message says what to do.
 */
public final class StoreUnavailableException extends RuntimeException {

    /** @param message what happened and what to do */
    public StoreUnavailableException(String message) {
        super(message);
    }

    /** @param message what happened and what to do */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
