package io.limpet.cdi;

import io.limpet.Affinity;
import io.limpet.Limpet;
import io.limpet.route.Route;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

/**
 * What an application may inject.
 *
 * <p>Both are records, which no container can put a proxy before, so they are dependent and read when they are injected:
 * a bean that outlives a request injects {@code Instance<Affinity>}, or asks {@link Limpet#current}.
 */
@Dependent
public class LimpetBeans {

    private final Instance<HttpServletRequest> request;

    /** Looks the request up when it is needed: a node's name can be injected without one. */
    @Inject
    public LimpetBeans(Instance<HttpServletRequest> request) {
        this.request = request;
    }

    /**
     * This node.
     *
     * @throws IllegalStateException when the filter has not started
     */
    @Produces
    public Route node() {
        return Limpet.node()
                .orElseThrow(
                        () -> new IllegalStateException("this node has no name before io.limpet.filter.LimpetFilter has"
                                + " started; is it in web.xml, or limpet.auto=true set?"));
    }

    /**
     * Why this node serves the current request.
     *
     * @throws IllegalStateException when the request did not pass the filter
     * @throws jakarta.enterprise.context.ContextNotActiveException outside of a request, as the server's own request does
     */
    @Produces
    public Affinity affinity() {
        return Limpet.current(request.get())
                .orElseThrow(() -> new IllegalStateException("the request did not pass io.limpet.filter.LimpetFilter"
                        + " yet; map it to /* and put it first in the chain"));
    }
}
