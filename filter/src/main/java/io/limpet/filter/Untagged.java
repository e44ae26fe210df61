package io.limpet.filter;

import io.limpet.route.Route;
import io.limpet.route.RouteCodec;
import io.limpet.route.Tagged;
import java.util.Optional;

/** Writes no route and reads none: for requests that no proxy strips. */
final class Untagged implements RouteCodec {

    @Override
    public String tag(String value, Route route) {
        return value;
    }

    @Override
    public Optional<Tagged> decode(String value) {
        return Optional.empty();
    }
}
