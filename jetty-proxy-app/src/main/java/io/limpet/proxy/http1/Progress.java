package io.limpet.proxy.http1;

/** How far a reader has come. */
public enum Progress {
    /** All bytes are read, and more are needed. */
    MORE,
    /** The end was read. */
    DONE,
    /** It is not read on, whatever comes. */
    REFUSED
}
