package io.limpet.route;

import java.util.Optional;

/** The route in clear text behind a dot, as Tomcat's {@code jvmRoute}, mod_jk and mod_proxy_balancer write it. */
public final class PlainRoutes implements RouteCodec {

    @Override
    public String tag(String value, Route route) {
        return value + '.' + route.name();
    }

    @Override
    public Optional<Tagged> decode(String value) {
        int dot = value.lastIndexOf('.');
        if (dot <= 0 || !Route.isToken(value, dot + 1, value.length())) {
            return Optional.empty();
        }
        return Route.parse(value.substring(dot + 1)).map(route -> new Tagged(value.substring(0, dot), route));
    }
}
