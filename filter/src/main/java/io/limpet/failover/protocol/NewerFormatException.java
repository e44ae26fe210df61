package io.limpet.failover.protocol;

/** Bytes that a newer Limpet wrote. Unlike corrupt ones they are not to be written over. */
public final class NewerFormatException extends CorruptEntryException {

    NewerFormatException(int format, int known) {
        super("written by a newer Limpet: format " + format + " (this node reads up to " + known
                + "); finish the upgrade of all nodes");
    }
}
