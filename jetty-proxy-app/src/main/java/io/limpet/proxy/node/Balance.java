package io.limpet.proxy.node;

import java.util.List;

/** Draws the node of a request without a session. Safe for any number of threads. */
public interface Balance {

    /** One of these, of which there is at least one. */
    Nodes.Member draw(List<Nodes.Member> members);

    /** This one where that one was until the settings changed: it goes on where the other was. */
    default Balance after(Balance before) {
        return this;
    }
}
