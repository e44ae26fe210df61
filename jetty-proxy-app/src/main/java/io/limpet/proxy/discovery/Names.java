package io.limpet.proxy.discovery;

import io.limpet.route.Route;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Asks who listens somewhere. */
public interface Names {

    /** The name of the node there, by its status; empty when there is none. Completes within the time-out of a probe. */
    CompletionStage<Optional<Route>> nameAt(URI address);
}
