package io.limpet.route;

/**
 * A session cookie's value taken apart.
 *
 * @param value the container's own value, without the route
 * @param route the node that the removed segment names
 */
public record Tagged(String value, Route route) {}
