package io.limpet.shop;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;

/** How often one visitor has come; thread-safe, and changed in place like the {@link Cart}. */
public final class Visits implements Serializable {

    private static final long serialVersionUID = 1;

    private int count;

    /** Counts one visit and answers the new number. */
    public synchronized int next() {
        return ++count;
    }

    /** The number of visits so far. */
    public synchronized int count() {
        return count;
    }

    private synchronized void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
    }
}
