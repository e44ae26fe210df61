package io.limpet.proxy.journal;

import java.io.IOException;
import java.io.OutputStream;

/** Where the lines of a log go. Used by one thread at a time. */
interface LogTarget {

    /** Opens it at its end. */
    OutputStream open() throws IOException;

    /** Whether what was opened last is still what is named. */
    boolean isStillThere();
}
