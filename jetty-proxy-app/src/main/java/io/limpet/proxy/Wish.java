package io.limpet.proxy;

import io.limpet.proxy.node.Choice;
import io.limpet.proxy.node.NodeChooser;
import io.limpet.proxy.node.Nodes;
import io.limpet.proxy.node.Presented;
import io.limpet.route.Route;
import java.util.Collection;

/** What a request wants of the choice of its node. */
sealed interface Wish {

    /** Of the nodes that were not tried for it. */
    Choice choose(NodeChooser chooser, Presented presented, Nodes nodes, Collection<Route> tried);

    /** Its session's node, as nearly all want. */
    record Affinity() implements Wish {
        @Override
        public Choice choose(NodeChooser chooser, Presented presented, Nodes nodes, Collection<Route> tried) {
            return chooser.choose(presented, nodes, tried);
        }
    }

    /** Any node. */
    record None() implements Wish {
        @Override
        public Choice choose(NodeChooser chooser, Presented presented, Nodes nodes, Collection<Route> tried) {
            return chooser.ignore(nodes, tried);
        }
    }

    /** The node of this name, in whatever state it is. */
    record Named(Route node) implements Wish {
        @Override
        public Choice choose(NodeChooser chooser, Presented presented, Nodes nodes, Collection<Route> tried) {
            return chooser.named(node, presented, nodes, tried);
        }
    }
}
