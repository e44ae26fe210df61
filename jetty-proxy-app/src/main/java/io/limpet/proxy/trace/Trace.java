package io.limpet.proxy.trace;

import io.limpet.proxy.journal.Finished;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;

/** One request in its trace (W3C Trace Context). One thread at a time. */
public interface Trace {

    /** The request's trace goes on as it came. */
    Trace AS_IT_CAME = new Trace() {
        @Override
        public boolean replaces(HttpField field) {
            return false;
        }

        @Override
        public void tell(HttpFields.Mutable node) {
            // the client's own fields are passed on
        }

        @Override
        public void end(Finished finished) {
            // nobody is told
        }
    };

    /** Whether the node gets this field of the client's from {@link #tell} instead. */
    boolean replaces(HttpField field);

    /** Adds what makes the node's span a child of this one. */
    void tell(HttpFields.Mutable node);

    /** The request is over. Must neither block nor throw. */
    void end(Finished finished);
}
