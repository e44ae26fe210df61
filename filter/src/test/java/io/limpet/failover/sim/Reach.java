package io.limpet.failover.sim;

/** What may happen in a run. Each draws its chances in its own way, so that a seed from before plays what it played then. */
enum Reach {
    /** Nodes are killed while the cluster is whole, and one node is cut off. */
    FIRST,
    /** Also in halves of any size, and owners let sessions go to even nodes. */
    WIDE
}
