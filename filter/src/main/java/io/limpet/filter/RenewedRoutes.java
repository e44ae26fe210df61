package io.limpet.filter;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.SealedRoutes;
import io.limpet.route.Secret;
import io.limpet.route.Tagged;
import java.util.List;
import java.util.Optional;

/** This node's sealed routes by the secrets that are active now. Safe for use by any number of threads. */
final class RenewedRoutes implements RouteCodec {

    /** Routes and the very list that they were made of. */
    private record Made(List<Secret> secrets, SealedRoutes routes) {}

    private final ActiveSecrets secrets;
    private final Route node;
    private volatile Made made;

    RenewedRoutes(ActiveSecrets secrets, Route node) {
        this.secrets = secrets;
        this.node = node;
        this.made = make(secrets.now());
    }

    private Made make(List<Secret> active) {
        return new Made(active, new SealedRoutes(active, List.of(node)));
    }

    private SealedRoutes routes() {
        List<Secret> active = secrets.now();
        Made last = made;
        if (!last.secrets.equals(active)) {
            last = make(active);
            made = last;
        }
        return last.routes;
    }

    @Override
    public String tag(String value, Route route) {
        return routes().tag(value, route);
    }

    @Override
    public Optional<Tagged> decode(String value) {
        return routes().decode(value);
    }

    @Override
    public boolean isForged(String value) {
        return routes().isForged(value);
    }
}
