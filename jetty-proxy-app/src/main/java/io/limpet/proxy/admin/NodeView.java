package io.limpet.proxy.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.limpet.proxy.metrics.Traffic;
import io.limpet.proxy.node.Nodes;

/**
 * A node as the API and the dashboard show it.
 *
 * @param name its name
 * @param url where it listens
 * @param state its state
 * @param why why it is in it; empty when ready
 * @param known whether it tells its sessions
 * @param sessions its live sessions
 * @param replicated whether other nodes have them, too
 * @param adopted sessions that it has taken over since its start
 * @param inFlight requests of this proxy under way there
 * @param queued those of them that wait for a connection
 * @param weight how much it is given, beside the others' weights
 * @param traffic what went through it
 */
record NodeView(
        String name,
        String url,
        String state,
        String why,
        boolean known,
        long sessions,
        boolean replicated,
        long adopted,
        int inFlight,
        long queued,
        int weight,
        @JsonUnwrapped Traffic traffic) {

    static NodeView of(Nodes.Member member, long queued, Traffic traffic) {
        return new NodeView(
                member.node().toString(),
                member.node().uri().toString(),
                member.state().toString(),
                member.condition().why(),
                member.report().known(),
                member.report().known() ? member.sessions() : 0,
                member.report().replicated(),
                member.report().adopted(),
                member.inFlight().count(),
                queued,
                member.node().weight(),
                traffic);
    }
}
