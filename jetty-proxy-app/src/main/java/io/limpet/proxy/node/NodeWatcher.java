package io.limpet.proxy.node;

/** Is told what becomes of nodes, one thing after the other. Must not block, nor throw. */
public interface NodeWatcher {

    /** A node's state has changed; {@code MAINTENANCE} and the like of single context paths are not told here. */
    void flipped(Node node, Condition before, Condition after);

    /** The operator wants something of a node. */
    void ordered(Ordered ordered);
}
