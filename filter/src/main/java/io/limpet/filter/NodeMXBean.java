package io.limpet.filter;

/**
 * A node's status for JMX: the bean {@code io.limpet:type=Node,name=<node>,context="<path>"} of the platform's server. The
 * values are those of {@code GET <context>/limpet/status}, as they are when they are asked for.
 */
public interface NodeMXBean {

    /** The node's name in the cookie. */
    String getNode();

    /** {@code ready}: it takes new sessions. */
    String getState();

    /** Live sessions of the application on this node, 0 or more. */
    long getSessions();

    /** Requests that have arrived and are not answered yet. */
    long getInFlight();

    /** {@code off}, {@code healthy} or {@code degraded}. */
    String getFailover();

    /** How often an attribute had changed without {@code setAttribute}. */
    long getChangedWithoutSet();

    /** Limpet's version. */
    String getBuild();
}
