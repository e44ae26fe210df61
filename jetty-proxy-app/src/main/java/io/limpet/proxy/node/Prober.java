package io.limpet.proxy.node;

import java.util.concurrent.CompletionStage;

/** Asks one node how it is. */
public interface Prober {

    /**
     * Sends one probe and does not wait for it. The stage always completes with an answer, within the probe's own
     * time-out; what goes wrong is an answer too.
     */
    CompletionStage<ProbeAnswer> probe(Node node);
}
