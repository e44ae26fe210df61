package io.limpet.filter;

/**
 * A node's status for JMX: the bean {@code io.limpet:type=Node,name=<node>,context="<path>"} of the platform's server. The
 * values are those of {@code GET <context>/limpet/status}, as they are when they are asked for.
 */
public interface NodeMXBean {

    /** The node's name in the cookie. */
    String getNode();

    /**
     * {@code ready}: the node takes new sessions; {@code draining}: proxies give it none, as this or another of its
     * applications was told.
     */
    String getState();

    /** Whether it was this application that was told to drain the node. */
    boolean isToldToDrain();

    /** Requests that have ever arrived at the application. */
    long getArrived();

    /** How long ago the application was asked for its status, in nanoseconds; {@link Long#MAX_VALUE} when it never was. */
    long getNanosSinceAsked();

    /** Live sessions of the application on this node, 0 or more; -1 when nobody counts them. */
    long getSessions();

    /** The number of this count of sessions: a higher one is later. */
    long getSequence();

    /** Requests that have arrived and are not answered yet. */
    long getInFlight();

    /** {@code off}, {@code healthy} or {@code degraded}. */
    String getFailover();

    /** Sessions taken over from other nodes since the start. */
    long getAdopted();

    /** How often an attribute had changed without {@code setAttribute}. */
    long getChangedWithoutSet();

    /** Limpet's version. */
    String getBuild();

    /** Begins to empty the node: proxies give it no new sessions, and with failover take away those that it has. */
    void drain();

    /** Calls that off. */
    void ready();
}
