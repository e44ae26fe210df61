package io.limpet.failover;

/** Which attributes are compared with what was saved, to find out whether they have changed. */
public enum Dirtiness {
    /** Those that a request set, and those that it read unless their type cannot change: nothing is lost. */
    TOUCHED,
    /** Only those that a request set, as other containers and libraries have it: costs less, and needs tidy code. */
    SET
}
